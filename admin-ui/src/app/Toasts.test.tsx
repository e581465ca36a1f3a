import { MantineProvider, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Toasts } from './Toasts';

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
