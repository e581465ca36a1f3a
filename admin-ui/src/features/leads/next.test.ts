import { describe, expect, it } from 'vitest';
import { forField, judgeNext, picksAt, timeOfNext } from './next';

const local = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const offered = (now: number) => picksAt(now).map(({ pick, at }) => `${pick} ${forField(at).slice(8)}`);

describe('when it goes on', () => {
  it('is in an hour, this evening, tomorrow or in some days', () => {
    expect(offered(local(24, 10, 12))).toEqual([
      'HOUR 24T11:12',
      'EVENING 24T18:00',
      'MORNING 25T09:00',
      'DAYS 27T09:00',
    ]);
  });

  it('is not this evening once that is less than an hour away', () => {
    expect(offered(local(24, 17))).toContain('EVENING 24T18:00');
    expect(offered(local(24, 17, 1))).toEqual(['HOUR 24T18:01', 'MORNING 25T09:00', 'DAYS 27T09:00']);
  });

  it('is any other time, and none where none was given', () => {
    const now = local(24, 10);
    expect(timeOfNext({ pick: 'OTHER', other: '2026-12-24T08:30' }, now)).toBe(new Date(2026, 11, 24, 8, 30).getTime());
    expect(timeOfNext({ pick: 'OTHER', other: '' }, now)).toBeNull();
    expect(timeOfNext({ pick: null, other: '2026-12-24T08:30' }, now)).toBeNull();
    expect(timeOfNext({ pick: 'MORNING', other: '2026-12-24T08:30' }, now)).toBe(local(25, 9));
  });

  it('is ahead', () => {
    const now = local(24, 10);
    expect(judgeNext({ pick: null, other: '' }, now).wrong).toBe('Say when it goes on.');
    expect(judgeNext({ pick: 'OTHER', other: '' }, now).wrong).toBe('Give a day and a time.');
    expect(judgeNext({ pick: 'OTHER', other: '2026-11-24T10:00' }, now).wrong).toBe(
      'Choose a time that is still ahead.',
    );
    expect(judgeNext({ pick: 'HOUR', other: '' }, now)).toEqual({ at: local(24, 11), wrong: null });
  });
});
