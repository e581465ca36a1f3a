import { expect, it } from 'vitest';
import { fromLocal, toLocal } from './zone';

it('knows what time it is elsewhere, summer and winter', () => {
  expect(fromLocal('2026-12-24T09:00', 'Europe/Berlin')?.toISOString()).toBe('2026-12-24T08:00:00.000Z');
  expect(fromLocal('2026-07-24T09:00', 'Europe/Berlin')?.toISOString()).toBe('2026-07-24T07:00:00.000Z');
  expect(fromLocal('2026-07-24T09:00', 'America/New_York')?.toISOString()).toBe('2026-07-24T13:00:00.000Z');
  expect(toLocal(new Date('2026-12-31T23:30:00Z'), 'Asia/Kolkata')).toBe('2027-01-01T05:00');
});

it('refuses what is no time', () => {
  expect(fromLocal('', 'UTC')).toBeNull();
  // The clocks go from two to three in that night.
  expect(fromLocal('2026-03-29T02:30', 'Europe/Berlin')).toBeNull();
  expect(fromLocal('2026-03-29T03:30', 'Europe/Berlin')?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
});
