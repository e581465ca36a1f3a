import { expect, it } from 'vitest';
import type { Document } from '~/blocks/document';
import { type Message, readMessage } from './channel';
import { alone, follow } from './follow';

const draft = (title: string): Document => ({ slug: 'a', fields: { title }, blocks: [] });
const said = (tab: string, title: string, asked = false): Message => ({
  kind: 'draft',
  tab,
  draft: draft(title),
  active: null,
  asked,
});
const after = (...messages: Message[]) => messages.reduce(follow, alone);
const title = ({ editor }: ReturnType<typeof after>) => editor?.draft.fields['title'];

it('a preview follows the editor that answers first, then the one that is written in', () => {
  expect(title(after(said('one', 'A', true), said('two', 'B', true)))).toBe('A');
  expect(title(after(said('one', 'A', true), said('two', 'B')))).toBe('B');
  expect(title(after(said('one', 'A', true), said('one', 'C')))).toBe('C');
  const before = after(said('one', 'A'));
  expect(follow(before, said('one', 'A')).editor?.draft).toBe(before.editor?.draft);
});

it('when that editor goes, what was written there stays until something else is known', () => {
  const gone = after(said('one', 'A'), { kind: 'closed', tab: 'one' });
  expect(gone).toEqual({ editor: null, left: draft('A') });
  expect(follow(gone, said('two', 'B', true))).toMatchObject({ editor: { tab: 'two' }, left: null });
  expect(title(after(said('one', 'A'), { kind: 'closed', tab: 'two' }))).toBe('A');
});

it('what another release says is not understood', () => {
  expect(readMessage({ v: 1, kind: 'hello', tab: 'one' })).toMatchObject({ kind: 'hello', tab: 'one' });
  for (const data of [{ v: 2, kind: 'hello', tab: 'one' }, { v: 1, kind: 'dance' }, { kind: 'hello' }, 'hello', null])
    expect(readMessage(data)).toBeNull();
});
