import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { TargetStore, TargetsProvider } from '~/ui/targets';
import { plainText, type RichTextDocument } from './contract';
import { RichText } from './RichText';

const store = new TargetStore({ search: async () => [], byId: async () => [] });

// The editor is read from disk when it is first wanted, which takes its time on a busy machine.
const patient = { timeout: 10_000 };

const Field = () => {
  const [value, setValue] = useState<RichTextDocument>({
    type: 'doc',
    v: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'You can lean' }] }],
  });
  return (
    <MantineProvider env="test">
      <TargetsProvider value={store}>
        <RichText label="Text" value={value} onChange={setValue} />
        <output>{plainText(value)}</output>
      </TargetsProvider>
    </MantineProvider>
  );
};

it('keeps what follows an @ that mentions nobody', async () => {
  const user = userEvent.setup();
  render(<Field />);
  await user.tab();
  await user.keyboard(' on @hill');
  const search = await screen.findByRole<HTMLInputElement>('textbox', { name: /^Name of/ }, patient);
  expect(search.value).toBe('hill');
  expect(document.activeElement).toBe(search);
  await user.keyboard('side{Escape}');
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('You can lean on @hillside'));
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Text' }));
}, 20_000);
