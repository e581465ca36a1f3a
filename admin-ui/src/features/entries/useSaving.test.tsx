import { act, renderHook } from '@testing-library/react';
import { useReducer } from 'react';
import { expect, it, vi } from 'vitest';
import { documentReducer, isDirty, startWith } from '~/blocks/document';
import type { Change, Entry, EntryVerbs, SaveAnswer } from './entry';
import { readDocument } from './entry';
import { type SavingDesk, useSaving } from './useSaving';

const session = vi.hoisted(() => ({ kind: 'in', changed: (_: string) => {} }));
vi.mock('~/gql/session', async (original) => ({
  ...(await original<typeof import('~/gql/session')>()),
  currentSession: () => session,
  subscribe: (listener: () => void) => {
    session.changed = (kind) => {
      session.kind = kind;
      listener();
    };
    return () => {};
  },
}));

const entry = (revision: string, title: string, slug = 'a'): Entry => ({
  id: 'e',
  path: `/${slug}`,
  slug,
  title,
  status: 'DRAFT',
  publishedAt: null,
  updatedAt: '2026-11-25T00:00:00Z',
  updatedBy: null,
  draft: {
    id: revision,
    number: 1,
    kind: 'SAVED',
    note: null,
    createdAt: '2026-11-25T00:00:00Z',
    author: null,
    content: { title },
  },
  live: null,
  revisions: [],
  checks: [],
});

/** A server that answers when it is told to. */
const desk = (theirs: Entry | null = null) => {
  const asked: { change: Change; answer: (answer: SaveAnswer) => void }[] = [];
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
    answer: (place: number, answer: SaveAnswer) => act(async () => asked[place]?.answer(answer)),
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
  expect(at.asked.map(({ change }) => [change.baseRevision, change.patch.fields['title']])).toEqual([
    ['r1', 'Two'],
    ['r2', 'Three'],
  ]);
  await at.answer(1, { kind: 'done', entry: entry('r3', 'Three') });
  expect((await first)?.draft.id).toBe('r2');
  expect((await second)?.draft.id).toBe('r3');
  expect(isDirty(at.now().state)).toBe(false);
  expect(at.now().safe.saving.kind).toBe('saved');
});

it('brings in what others wrote, and keeps what was written meanwhile', async () => {
  const at = desk();
  at.write('Two');
  const first = at.save();
  at.write('Three', 9000);
  await at.answer(0, { kind: 'done', entry: entry('r2', 'Two', 'moved') });
  await first;
  expect(at.now().state.present).toMatchObject({ slug: 'moved', fields: { title: 'Three' } });
  expect(at.now().state.saved.fields['title']).toBe('Two');
  act(() => at.now().dispatch({ type: 'undo' }));
  expect(at.now().state.present).toMatchObject({ slug: 'moved', fields: { title: 'Two' } });
});

it('asks where both wrote in the same place, and sends what was chosen', async () => {
  const at = desk();
  at.write('Mine');
  const lost = at.save({ note: 'Why' });
  const conflicts = [{ block: null, path: ['title'], base: 'One', theirs: 'Theirs', yours: 'Mine' }];
  await at.answer(0, { kind: 'apart', entry: entry('r9', 'Theirs'), conflicts });
  expect(await lost).toBeNull();
  expect(at.now().safe.saving.kind).toBe('conflict');
  expect(at.now().safe.apart?.conflicts).toBe(conflicts);
  expect(at.now().state.present.fields['title']).toBe('Mine');

  const choices = [{ block: null, path: ['title'], keep: 'THEIRS' as const }];
  let mine: unknown;
  act(() => {
    void at
      .now()
      .safe.choose(choices)
      .then((given) => {
        mine = given;
      });
  });
  expect(at.asked[1]?.change).toMatchObject({
    baseRevision: 'r1',
    choices,
    choicesOn: 'r9',
    note: 'Why',
    kind: 'SAVED',
  });
  await at.answer(1, { kind: 'done', entry: entry('r10', 'Theirs') });
  await vi.waitFor(() => expect(mine).toMatchObject({ fields: { title: 'Mine' } }));
  expect(at.now().state.present.fields['title']).toBe('Theirs');
  expect(at.now().safe.apart).toBeNull();
});

it('sends the whole where what it was written on is gone', async () => {
  const at = desk();
  at.write('Two');
  const saved = at.save();
  const gone = { code: 'NOT_FOUND', message: '', path: ['input', 'baseRevision'] };
  await at.answer(0, { kind: 'refused', userErrors: [gone] });
  await vi.waitFor(() => expect(at.asked).toHaveLength(2));
  expect(at.asked[1]?.change.patch.whole).toBe(true);
  await at.answer(1, { kind: 'done', entry: entry('r2', 'Two') });
  expect((await saved)?.draft.id).toBe('r2');
});

it('saves by itself, and makes a version only when asked to', async () => {
  vi.useFakeTimers();
  try {
    const at = desk();
    at.write('Two');
    await act(() => vi.advanceTimersByTimeAsync(1_600));
    expect(at.asked.map(({ change }) => change.kind)).toEqual(['AUTOSAVE']);
    const autosaved = entry('r2', 'Two');
    await at.answer(0, { kind: 'done', entry: { ...autosaved, draft: { ...autosaved.draft, kind: 'AUTOSAVE' } } });
    expect(at.now().safe.saving.kind).toBe('saved');
    expect(at.now().safe.unversioned).toBe(true);
    // Nobody rests for a second: it is saved all the same.
    for (let typed = 0; typed < 12; typed += 1) {
      at.write(`Two ${typed}`, 9_000 + typed);
      await act(() => vi.advanceTimersByTimeAsync(800));
    }
    expect(at.asked).toHaveLength(2);
    await at.answer(1, { kind: 'failed', message: 'no' });
    await act(() => vi.advanceTimersByTimeAsync(2_100));
    expect(at.asked).toHaveLength(3);
    await at.answer(2, { kind: 'done', entry: entry('r3', 'Two 11') });
    expect(isDirty(at.now().state)).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

it('leaves a new address to the person', async () => {
  vi.useFakeTimers();
  try {
    const at = desk();
    act(() => at.now().dispatch({ type: 'slug', value: 'b', at: 0 }));
    await act(() => vi.advanceTimersByTimeAsync(10_000));
    expect(at.asked).toHaveLength(0);
    at.write('Two', 20_000);
    await act(() => vi.advanceTimersByTimeAsync(1_600));
    expect(at.asked[0]?.change).toMatchObject({ kind: 'AUTOSAVE', patch: { fields: { title: 'Two' } } });
    expect(at.asked[0]?.change.slug).toBeUndefined();
    await at.answer(0, { kind: 'done', entry: entry('r2', 'Two') });
    expect(at.now().state.present.slug).toBe('b');
    expect(isDirty(at.now().state)).toBe(true);
    void at.save();
    expect(at.asked[1]?.change).toMatchObject({ kind: 'SAVED', slug: 'b' });
  } finally {
    vi.useRealTimers();
  }
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

it('is sent at once when the session that had ended is back', async () => {
  const at = desk();
  at.write('Two');
  const lost = at.save();
  act(() => session.changed('expired'));
  // One is still on its way, and fails as well.
  act(() => session.changed('in'));
  await at.answer(0, { kind: 'failed', message: 'Sign in to do this.' });
  expect(await lost).toBeNull();
  await vi.waitFor(() => expect(at.asked).toHaveLength(2));
  await at.answer(1, { kind: 'failed', message: 'Sign in to do this.' });
  expect(at.now().safe.saving.kind).toBe('failed');

  act(() => session.changed('expired'));
  await act(async () => session.changed('in'));
  expect(at.now().safe.saving.kind).toBe('saving');
  expect(at.asked).toHaveLength(3);
  await at.answer(2, { kind: 'done', entry: entry('r2', 'Two') });
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
