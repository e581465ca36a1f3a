import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { TargetStore, TargetsProvider } from '~/ui/targets';
import { plainText, type RichTextDocument } from './contract';
import { RichText } from './RichText';

// The editor's code comes when the test lets it through, as over a slow line.
const line = vi.hoisted(() => {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
});
vi.mock('./RichTextEditor', async (original) => {
  const editor = await original();
  await line.promise;
  return editor;
});

// The editor is read from disk meanwhile, which takes its time on a busy machine.
const patient = { timeout: 10_000 };

const store = new TargetStore({ search: async () => [], byId: async () => [] });

const Field = ({ label, words, onWords }: { label: string; words: string; onWords: (words: string) => void }) => {
  const [value, setValue] = useState<RichTextDocument>({
    type: 'doc',
    v: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
  });
  const onChange = (next: RichTextDocument) => {
    setValue(next);
    onWords(plainText(next));
  };
  return <RichText label={label} value={value} onChange={onChange} />;
};

const field = (name: string) => screen.getByRole('textbox', { name });

it('writes what was typed before the editor was there, and leaves the keyboard where it is by then', async () => {
  const onFirst = vi.fn();
  const onSecond = vi.fn();
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <TargetsProvider value={store}>
        <Field label="First" words="Soup" onWords={onFirst} />
        <Field label="Second" words="Stew" onWords={onSecond} />
      </TargetsProvider>
    </MantineProvider>,
  );
  await user.tab();
  await user.keyboard(' and brex{Backspace}ad');
  await user.tab();
  await user.keyboard('!');
  expect(document.activeElement).toBe(field('Second'));
  expect(onFirst).not.toHaveBeenCalled();

  line.resolve();
  await waitFor(() => expect(onFirst).toHaveBeenLastCalledWith('Soup and bread'), patient);
  await waitFor(() => expect(onSecond).toHaveBeenLastCalledWith('Stew!'), patient);
  expect(field('First').getAttribute('contenteditable')).toBe('true');
  expect(field('Second').getAttribute('contenteditable')).toBe('true');
  expect(document.activeElement).toBe(field('Second'));
}, 20_000);
