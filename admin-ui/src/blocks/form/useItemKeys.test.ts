import { expect, it } from 'vitest';
import { keysFor } from './useItemKeys';

const [a, b, c, d] = [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }];
const start = { items: [a, b, c], keys: ['ka', 'kb', 'kc'] };

it('follows items that move, and drops the keys of those that go', () => {
  expect(keysFor([c, a, b], start)).toEqual(['kc', 'ka', 'kb']);
  expect(keysFor([a, c], start)).toEqual(['ka', 'kc']);
});

it('keeps the key of an item that is written in', () => {
  expect(keysFor([a, { n: 9 }, c], start)).toEqual(['ka', 'kb', 'kc']);
});

it('gives new items new keys', () => {
  const keys = keysFor([a, b, c, d], start);
  expect(keys.slice(0, 3)).toEqual(['ka', 'kb', 'kc']);
  expect(new Set(keys).size).toBe(4);
});

it('keeps plain words at their places', () => {
  expect(keysFor(['x', 'z'], { items: ['x', 'y'], keys: ['1', '2'] })).toEqual(['1', '2']);
  expect(new Set(keysFor(['x', 'x', 'x'], { items: [], keys: [] })).size).toBe(3);
});
