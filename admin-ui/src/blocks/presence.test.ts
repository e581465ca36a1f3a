import { expect, it } from 'vitest';
import { byRest, newestOf, type Seen, whoIsWhere } from './presence';

it('everybody is shown at the block they are in, once', () => {
  const where = whoIsWhere([
    { tab: '1', name: 'Edda Field', block: 'a' },
    { tab: '2', name: 'Edda Field', block: 'a' },
    { tab: '3', name: 'Ona Brook', block: 'a' },
    { tab: '4', name: 'Ona Brook', block: 'b' },
    { tab: '5', name: 'Rae Moss', block: null },
  ]);
  expect([...where].map(([block, people]) => [block, people.map(({ tab }) => tab)])).toEqual([
    ['a', ['1', '3']],
    ['b', ['4']],
  ]);
});

it('the window that was opened in place of one that went without a word is the one that is shown', () => {
  const at = (tab: string, block: string | null, person = 'edda'): Seen => ({ tab, name: person, person, block });
  const shown = (rested: readonly Seen[]) => newestOf(rested).map(({ tab, block }) => `${tab} ${block}`);
  const first = byRest([], [at('9', 'a'), at('5', 'b', 'ona')]);
  expect(shown(first)).toEqual(['9 a', '5 b']);
  // The server tells of windows in no order of time.
  const reloaded = byRest(first, [at('1', null), at('9', 'a'), at('5', 'b', 'ona')]);
  expect(shown(reloaded)).toEqual(['1 null', '5 b']);
  expect(byRest(reloaded, reloaded)).toEqual(reloaded);
  const moved = byRest(reloaded, [at('1', 'c'), at('9', 'a'), at('5', 'b', 'ona')]);
  expect(shown(moved)).toEqual(['1 c', '5 b']);
  // Two windows that are both there: one is where one moved last.
  expect(shown(byRest(moved, [at('1', 'c'), at('9', 'd'), at('5', 'b', 'ona')]))).toEqual(['9 d', '5 b']);
  expect(shown(byRest(moved, [at('1', 'c')]))).toEqual(['1 c']);
});
