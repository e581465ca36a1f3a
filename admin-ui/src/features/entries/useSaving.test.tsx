import { act, renderHook } from '@testing-library/react';
import { useReducer } from 'react';
import { expect, it, vi } from 'vitest';
import { documentReducer, isDirty, startWith } from '~/blocks/document';
import type { Answer, Change, Entry, EntryVerbs } from './entry';
import { readDocument } from './entry';
import { type SavingDesk, useSaving } from './useSaving';

const entry = (revision: string, title: string, slug = 'a'): Entry => ({
  id: 'e',
  path: `/${slug}`,
  slug,
  title,
  status: 'DRAFT',
  publishedAt: null,
  updatedAt: '2026-11-25T00:00:00Z',
  updatedBy: null,
  draft: { id: revision, number: 1, note: null, createdAt: '2026-11-25T00:00:00Z', author: null, content: { title } },
  live: null,
  revisions: [],
  checks: [],
});

const conflict: Answer = { kind: 'refused', userErrors: [{ code: 'CONFLICT', message: '', path: [] }] };

/** A server that answers when it is told to. */
const desk = (theirs: Entry | null = null) => {
  const asked: { change: Change; answer: (answer: Answer) => void }[] = [];
  const verbs: EntryVerbs = {
    read: async () => theirs,
    save: (change) => new Promise((answer) => asked.push({ change, answer })),
    publish: vi.fn(),
    unpublish: vi.fn(),
    preview: vi.fn(),
  };
  const first = entry('r1', 'One');
  const onRefused = { current: vi.fn() };
  const { result } = renderHook(() => {
    const [state, dispatch] = useReducer(documentReducer, startWith(readDocument(first)));
    return { state, dispatch, safe: useSaving(first, verbs, state, dispatch, onRefused) };
  });
  return {
    asked,
    onRefused,
    now: () => result.current,
    write: (title: string, at = 0) =>
      act(() => result.current.dispatch({ type: 'field', path: ['title'], value: title, at })),
    save: (options?: Parameters<SavingDesk['save']>[0]) => {
      let saved: Promise<Entry | null> = Promise.resolve(null);
      act(() => {
        saved = result.current.safe.save(options);
      });
      return saved;
    },
    answer: (place: number, answer: Answer) => act(async () => asked[place]?.answer(answer)),
  };
};

it('sends nothing where nothing has changed', async () => {
  const at = desk();
  expect((await at.save())?.draft.id).toBe('r1');
  expect(at.asked).toHaveLength(0);
});

it('saves on the draft it was written on, one request at a time, the last words included', async () => {
  const at = desk();
  at.write('Two');
  const first = at.save();
  at.write('Three', 9000);
  const second = at.save();
  expect(at.asked).toHaveLength(1);
  await at.answer(0, { kind: 'done', entry: entry('r2', 'Two') });
  await vi.waitFor(() => expect(at.asked).toHaveLength(2));
  expect(at.asked.map(({ change }) => [change.baseRevision, change.content['title']])).toEqual([
    ['r1', 'Two'],
    ['r2', 'Three'],
  ]);
  await at.answer(1, { kind: 'done', entry: entry('r3', 'Three') });
  expect((await first)?.draft.id).toBe('r2');
  expect((await second)?.draft.id).toBe('r3');
  expect(isDirty(at.now().state)).toBe(false);
  expect(at.now().safe.saving.kind).toBe('saved');
});

it('writes over a newer version only when told to', async () => {
  const theirs = entry('r9', 'Theirs', 'moved');
  const at = desk(theirs);
  at.write('Mine');
  const lost = at.save();
  await at.answer(0, conflict);
  expect(await lost).toBeNull();
  expect(at.now().safe.saving.kind).toBe('conflict');
  expect(at.now().safe.conflict?.theirs).toBe(theirs);
  expect(at.now().state.present.fields['title']).toBe('Mine');

  const kept = at.save({ onto: theirs });
  await at.answer(1, { kind: 'done', entry: entry('r10', 'Mine', 'moved') });
  await kept;
  expect(at.asked[1]?.change).toEqual({ baseRevision: 'r9', content: { title: 'Mine', blocks: [] } });
  expect(at.now().state.present.slug).toBe('moved');
  expect(at.now().safe.conflict).toBeNull();
});

it('hands over mine when theirs is read', async () => {
  const theirs = entry('r9', 'Theirs');
  const at = desk(theirs);
  at.write('Mine');
  const lost = at.save();
  await at.answer(0, conflict);
  await lost;
  let mine: unknown;
  act(() => {
    mine = at.now().safe.takeTheirs(theirs).fields['title'];
  });
  expect(mine).toBe('Mine');
  expect(at.now().state.present.fields['title']).toBe('Theirs');
  expect(at.now().safe.saving.kind).toBe('saved');
});

it('keeps what could not be sent, and tries again when the connection is back', async () => {
  const at = desk();
  at.write('Two');
  const lost = at.save();
  await at.answer(0, { kind: 'failed', message: 'the server cannot be reached' });
  expect(await lost).toBeNull();
  expect(at.now().safe.saving).toEqual({ kind: 'failed', message: 'the server cannot be reached' });
  await act(async () => window.dispatchEvent(new Event('online')));
  expect(at.asked).toHaveLength(2);
  await at.answer(1, { kind: 'done', entry: entry('r2', 'Two') });
  expect(at.now().safe.saving.kind).toBe('saved');
});

it('shows where a refusal leads', async () => {
  const at = desk();
  at.write('');
  const lost = at.save();
  await at.answer(0, {
    kind: 'refused',
    userErrors: [{ code: 'REQUIRED', message: 'Give it a title.', path: ['input', 'content', 'title'] }],
  });
  expect(await lost).toBeNull();
  expect(at.onRefused.current).toHaveBeenCalledOnce();
  expect(at.now().safe.refused?.problems[0]).toMatchObject({ block: null, path: ['title'] });
});
