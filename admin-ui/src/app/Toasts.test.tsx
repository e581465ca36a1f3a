import { MantineProvider, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { Toasts } from './Toasts';

const wide = window.matchMedia;
afterEach(() => {
  act(() => notifications.clean());
  vi.stubGlobal('matchMedia', wide);
});

it('leads from a dialog to the message over it by F8, and back', async () => {
  const onUndo = vi.fn();
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <Toasts />
      <Modal opened onClose={() => {}} withCloseButton={false}>
        <input aria-label="Name" />
      </Modal>
    </MantineProvider>,
  );
  const name = screen.getByRole('textbox', { name: 'Name' });
  await user.click(name);
  await user.keyboard('{F8}');
  expect(document.activeElement).toBe(name);

  act(() => {
    notifications.show({
      message: (
        <button type="button" onClick={onUndo}>
          Undo
        </button>
      ),
    });
  });
  await user.keyboard('{F8}');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Undo' }));
  await user.keyboard('{Enter}');
  expect(onUndo).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(name);
});

it('shows two on a phone, and the next when one was put away', async () => {
  const user = userEvent.setup();
  vi.stubGlobal('matchMedia', (query: string) => ({ ...wide(query), matches: query === '(max-width: 760px)' }));
  render(
    <MantineProvider env="test">
      <Toasts />
    </MantineProvider>,
  );
  act(() => {
    for (const message of ['One', 'Two', 'Three']) notifications.show({ message });
  });
  expect(screen.getAllByRole('alert').map((each) => each.textContent)).toEqual(['One', 'Two']);
  const [first] = screen.getAllByRole('alert');
  const cross = first?.querySelector('button');
  if (cross != null) await user.click(cross);
  await waitFor(() => expect(screen.getAllByRole('alert').map((each) => each.textContent)).toEqual(['Two', 'Three']));
});
