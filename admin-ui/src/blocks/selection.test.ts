import { expect, it } from 'vitest';
import { keysOf, neighbour, runAt, runOf } from './selection';

const blocks = ['a', 'b', 'c', 'd'].map((key) => ({ key, kind: 'quote', values: {} }));

it('is what lies between its ends, whichever comes first', () => {
  expect(runOf(blocks, { anchor: 'b', head: 'd' })).toEqual({ from: 1, count: 3 });
  expect(runOf(blocks, { anchor: 'd', head: 'b' })).toEqual({ from: 1, count: 3 });
  expect(runOf(blocks, { anchor: 'c', head: 'c' })).toEqual({ from: 2, count: 1 });
  expect(keysOf(blocks, { from: 1, count: 2 })).toEqual(['b', 'c']);
});

it('is over when an end of it is gone', () => {
  expect(runOf(blocks, { anchor: 'b', head: 'z' })).toBeNull();
  expect(runOf(blocks, null)).toBeNull();
});

it('takes a verb at one of its blocks for all, and elsewhere for that block alone', () => {
  const selected = { anchor: 'a', head: 'b' };
  expect(runAt(blocks, selected, 'b')).toEqual({ from: 0, count: 2 });
  expect(runAt(blocks, selected, 'd')).toEqual({ from: 3, count: 1 });
  expect(runAt(blocks, selected, 'z')).toBeNull();
});

it('stops at the ends', () => {
  expect(neighbour(blocks, 'a', 1)).toBe('b');
  expect(neighbour(blocks, 'a', -1)).toBe('a');
  expect(neighbour(blocks, 'd', 1)).toBe('d');
});
