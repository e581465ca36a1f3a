import { expect, it } from 'vitest';
import { readPlace } from './place';

it('is a whole number from the first to the last', () => {
  expect(['1', ' 7 ', '12'].map((typed) => readPlace(typed, 12))).toEqual([1, 7, 12]);
});

it('is nothing else', () => {
  expect(['', '0', '13', '-1', '1.5', 'two', '1e1'].map((typed) => readPlace(typed, 12))).toEqual(Array(7).fill(null));
});
