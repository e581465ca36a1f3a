import { expect, it } from 'vitest';
import { waitWords } from './wait';

it('says a wait in its two largest units', () => {
  expect([0, 45, 60, 250, 3_600, 7_500, 86_400, 273_600].map(waitWords)).toEqual([
    '0 s',
    '45 s',
    '1 min',
    '4 min 10 s',
    '1 h',
    '2 h 5 min',
    '1 d',
    '3 d 4 h',
  ]);
});
