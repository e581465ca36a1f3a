import { expect, it } from 'vitest';
import { columnsOf, dayAfter, daysIn, problemOf, rangeOf, todayOf } from './range';

const today = '2026-03-08';

it('counts back from today, which is one of the days', () => {
  expect(rangeOf({}, today)).toEqual({ from: '2026-02-07', to: today });
  expect(rangeOf({ span: '7' }, today)).toEqual({ from: '2026-03-02', to: today });
  expect(rangeOf({ span: '90' }, today)).toEqual({ from: '2025-12-09', to: today });
  expect(rangeOf({ span: 'year' }, today)).toEqual({ from: '2026-01-01', to: today });
  expect(rangeOf({ span: 'own', from: '2026-01-05' }, today)).toEqual({ from: '2026-01-05', to: today });
  expect(todayOf(new Date(2026, 0, 3, 23, 59))).toBe('2026-01-03');
});

it('knows days that are no report', () => {
  expect(problemOf({ from: today, to: today })).toBeNull();
  expect(problemOf({ from: today, to: '2026-03-07' })).toBe('backwards');
  expect(problemOf({ from: '2028-01-01', to: '2028-12-31' })).toBeNull();
  expect(problemOf({ from: '2027-01-01', to: '2028-01-02' })).toBe('long');
  // A day has 24 hours here, also where a clock is put forward.
  expect(daysIn({ from: '2026-03-07', to: '2026-03-09' })).toBe(3);
});

it('puts many days into columns of seven', () => {
  const days = (count: number, received: number | null) =>
    Array.from({ length: count }, (_, at) => ({ day: dayAfter('2026-01-01', at), received }));
  expect(columnsOf(days(92, 1))).toHaveLength(92);
  const year = columnsOf(days(100, 2));
  expect(year).toHaveLength(15);
  expect(year[0]).toEqual({ from: '2026-01-01', to: '2026-01-07', received: 14 });
  expect(year.at(-1)).toEqual({ from: '2026-04-09', to: '2026-04-10', received: 4 });
  expect(columnsOf(days(100, null))[0]?.received).toBeNull();
});
