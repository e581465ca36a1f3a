import { beforeEach, expect, it } from 'vitest';
import { readKind } from './definition';
import { byRecency, keepRecent, readRecent } from './recentKinds';

const kinds = ['heading', 'text', 'list'].map((kind) =>
  readKind({ kind, title: kind, description: '', icon: '', schema: {}, empty: {} }),
);
const named = (kinds: { kind: string }[]) => kinds.map(({ kind }) => kind);

beforeEach(() => localStorage.clear());

it('keeps the last four, the latest first, each once', () => {
  for (const kind of ['a', 'b', 'c', 'b', 'd', 'e']) keepRecent(kind);
  expect(readRecent()).toEqual(['e', 'd', 'b', 'c']);
});

it('has none where what was kept is not what was written', () => {
  for (const kept of ['{', '7', 'null', '{"a":1}']) {
    localStorage.setItem('hillside-recent-kinds', kept);
    expect(readRecent()).toEqual([]);
  }
  localStorage.setItem('hillside-recent-kinds', '["a", 7]');
  expect(readRecent()).toEqual(['a']);
});

it('puts them before the others, and forgets kinds that are gone', () => {
  const { recent, others } = byRecency(kinds, ['list', 'gone', 'heading']);
  expect(named(recent)).toEqual(['list', 'heading']);
  expect(named(others)).toEqual(['text']);
});
