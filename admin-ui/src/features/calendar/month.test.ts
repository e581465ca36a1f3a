import { expect, it } from 'vitest';
import { byDay, dayOf, monthAfter, rangeOf, weeksOf } from './month';

const days = (month: string) => weeksOf(month).map((week) => week.map(dayOf));

it('begins weeks on Monday and holds every day of the month', () => {
  const december = days('2026-12');
  expect(december.length).toBe(5);
  expect(december[0]?.[0]).toBe('2026-11-30');
  expect(december[4]).toContain('2026-12-31');
  expect(december.flat().filter((day) => day.startsWith('2026-12')).length).toBe(31);
});

it('has no week without a day of the month', () => {
  expect(days('2027-02').length).toBe(4);
  expect(days('2026-08').length).toBe(6);
  for (const month of ['2026-11', '2027-02', '2026-08', '2028-02']) {
    expect(days(month).every((week) => week.some((day) => day.startsWith(month)))).toBe(true);
  }
});

it('goes from month to month over the year', () => {
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
});

it('asks for whole days, the last one included', () => {
  const { from, to } = rangeOf('2026-12');
  expect(new Date(from)).toEqual(new Date(2026, 10, 30));
  expect(new Date(to)).toEqual(new Date(2027, 0, 4));
});

it('puts each at the day of the reader', () => {
  const late = { runAt: new Date(2026, 11, 1, 23, 59).toISOString() };
  const early = { runAt: new Date(2026, 11, 2, 0, 0).toISOString() };
  expect([...byDay([late, early])]).toEqual([
    ['2026-12-01', [late]],
    ['2026-12-02', [early]],
  ]);
});
