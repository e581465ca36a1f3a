import { expect, test } from 'vitest';
import { nextOnShift, onShift } from './shift';

const now = Date.parse('2026-11-24T10:00:00Z');
const shift = (id: string, until = '2026-11-24T18:00:00Z') => ({ user: { id, name: id }, until });

test('a shift that is over is not shown any more', () => {
  const shifts = [shift('kim', '2026-11-24T10:00:00Z'), shift('lee'), { user: null, until: '2026-11-24T18:00:00Z' }];
  expect(onShift(shifts, now)).toEqual([shift('lee')]);
});

test('whoever has the lead is passed over', () => {
  const shifts = [shift('kim'), shift('lee')];
  expect(nextOnShift(shifts, undefined, now)?.id).toBe('kim');
  expect(nextOnShift(shifts, 'kim', now)?.id).toBe('lee');
  expect(nextOnShift([shift('kim')], 'kim', now)).toBeNull();
});
