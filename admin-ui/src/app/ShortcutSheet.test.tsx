import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { atDocument, inTable, inText } from '~/features/entries/keys';
import { type Shortcut, useShortcuts } from '~/ui/shortcuts';
import { ShortcutSheet } from './ShortcutSheet';

const Offer = ({ title, shortcuts }: { title: string; shortcuts: Shortcut[] }) => {
  useShortcuts(title, shortcuts);
  return null;
};

it('lists every key under where it works, also those that the place itself listens for', () => {
  render(
    <MantineProvider env="test">
      <Offer title="Editor" shortcuts={[{ key: 'j', label: 'Next block', run: () => {} }]} />
      <Offer title="Editor" shortcuts={atDocument} />
      <Offer title="In a text" shortcuts={inText} />
      <Offer title="In a table" shortcuts={inTable} />
      <ShortcutSheet onClose={() => {}} />
    </MantineProvider>,
  );
  const keysOf = (title: string) => {
    const section = screen.getByRole('heading', { name: title }).closest('section');
    return within(section as HTMLElement)
      .getAllByRole('definition')
      .map(({ textContent }) => textContent);
  };
  expect(keysOf('Editor')).toEqual(['J', 'Ctrl+S', 'Ctrl+Z', 'Ctrl+Shift+Z']);
  expect(keysOf('In a text')).toEqual(expect.arrayContaining(['@', 'Ctrl+K']));
  expect(keysOf('In a table')).toEqual(expect.arrayContaining(['Tab', 'Enter']));
});
