import { expect, it } from 'vitest';
import { daysOf, totalOf } from './days';

it('reads whole days between one and ten years', () => {
  expect([' 30 ', '1', '3650', '3,650'].map(daysOf)).toEqual([30, 1, 3_650, 3_650]);
  expect(['', '0', '3651', '-3', '1.5', '1e3', '3,65', 'a month'].map(daysOf)).toEqual(Array(8).fill(null));
});

it('counts everybody who is past their time', () => {
  expect(totalOf({ spam: 3, closed: 20, admitted: 1, toBeConfirmed: false })).toBe(24);
});
