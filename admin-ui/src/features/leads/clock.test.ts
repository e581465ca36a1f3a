import { describe, expect, it } from 'vitest';
import { countsDown, headerClocks, leaseWords, moment, rowClock, type Timed, timeOfDay } from './clock';

/** A Tuesday in November, where the reader is. */
const local = (day: number, hour: number, minute = 0, second = 0) => new Date(2026, 10, day, hour, minute, second);
const now = local(24, 10).getTime();
const iso = (at: Date) => at.toISOString();

const untried = (respondBy: Date, nextActionAt: Date | null = respondBy): Timed => ({
  receivedAt: iso(local(24, 9, 55)),
  respondBy: iso(respondBy),
  firstAttemptAt: null,
  firstContactAt: null,
  nextActionAt: nextActionAt === null ? null : iso(nextActionAt),
});
const tried = (nextActionAt: Date | null, given: Partial<Timed> = {}): Timed => ({
  ...untried(local(24, 10), nextActionAt),
  firstAttemptAt: iso(local(24, 9, 57, 41)),
  ...given,
});
const chip = (lead: Timed) => {
  const clock = rowClock(lead, now);
  return clock === null ? null : `${clock.tone}: ${clock.words}`;
};
const header = (lead: Timed) => headerClocks(lead, now).map(({ tone, words }) => `${tone}: ${words}`);

describe('before the first attempt', () => {
  it('minutes and seconds run down, and warn at the end', () => {
    expect(chip(untried(local(24, 10, 3, 10)))).toBe('neutral: 3:10 left');
    expect(chip(untried(local(24, 10, 2)))).toBe('neutral: 2:00 left');
    expect(chip(untried(local(24, 10, 1, 59)))).toBe('warn: 1:59 left');
    expect(chip(untried(local(24, 10, 0, 1)))).toBe('warn: 0:01 left');
    expect(header(untried(local(24, 10, 0, 48)))).toEqual(['warn: first answer due in 0:48']);
  });

  it('the time of day is said while nobody is there to answer', () => {
    expect(chip(untried(local(24, 11)))).toBe('neutral: due 11:00');
    expect(chip(untried(local(25, 8, 5)))).toBe('neutral: due tomorrow 8:05');
    expect(header(untried(local(25, 8, 5)))).toEqual(['neutral: first answer due tomorrow 8:05']);
  });

  it('what is past is late', () => {
    expect(chip(untried(local(24, 10)))).toBe('bad: due now');
    expect(chip(untried(local(24, 9, 59, 1)))).toBe('bad: due now');
    expect(chip(untried(local(24, 9, 48)))).toBe('bad: late 12 min');
    expect(chip(untried(local(24, 7, 30)))).toBe('bad: late 2 h');
    expect(chip(untried(local(21, 10)))).toBe('bad: late 3 d');
    expect(header(untried(local(24, 10)))).toEqual(['bad: first answer due now']);
    expect(header(untried(local(24, 9, 48)))).toEqual(['bad: first answer late by 12 min']);
  });

  it('whichever is earlier counts: it may have become urgent, or come back into the queue', () => {
    expect(chip(untried(local(25, 8, 5), local(24, 10, 4)))).toBe('neutral: 4:00 left');
    expect(chip(untried(local(24, 9, 48), local(24, 9, 58)))).toBe('bad: late 12 min');
  });
});

describe('after it', () => {
  it('it goes on when somebody said so', () => {
    expect(chip(tried(local(24, 14, 30)))).toBe('neutral: callback 14:30');
    expect(chip(tried(local(25, 9)))).toBe('neutral: callback tomorrow 9:00');
    expect(header(tried(local(24, 14, 30)))).toEqual(['neutral: answered in 2:41', 'neutral: goes on 14:30']);
  });

  it('or is overdue', () => {
    expect(chip(tried(local(24, 10)))).toBe('bad: due now');
    expect(chip(tried(local(24, 8)))).toBe('bad: overdue 2 h');
    expect(header(tried(local(24, 8)))).toEqual(['neutral: answered in 2:41', 'bad: overdue 2 h']);
  });

  it('the two clocks are told apart where the first attempt did not reach anybody', () => {
    const both = iso(local(24, 9, 57, 41));
    expect(header(tried(local(24, 14, 30), { firstContactAt: both }))).toHaveLength(2);
    expect(header(tried(local(25, 14, 30), { firstContactAt: iso(local(25, 11, 55)) }))).toEqual([
      'neutral: answered in 2:41',
      'neutral: reached in 1 d',
      'neutral: goes on tomorrow 14:30',
    ]);
  });
});

it('once it has ended no chip is left, and the header says how long it took', () => {
  expect(chip(untried(local(24, 10), null))).toBeNull();
  expect(chip(tried(null))).toBeNull();
  expect(header(untried(local(24, 10), null))).toEqual([]);
  expect(header(tried(null))).toEqual(['neutral: answered in 2:41']);
});

it('whoever took it reads until when it is theirs, and nobody else does', () => {
  const lease = (id: string, until: Date | null) =>
    leaseWords({ assignee: { id, name: 'Mia' }, leaseUntil: until === null ? null : iso(until) }, 'mia', now);
  expect(lease('mia', local(24, 10, 8))).toBe('yours until 10:08; try before then');
  expect(lease('mia', local(24, 10))).toBeNull();
  expect(lease('mia', null)).toBeNull();
  expect(lease('tom', local(24, 10, 8))).toBeNull();
});

it('only the last hour before the first attempt changes with every second', () => {
  expect(countsDown(untried(local(24, 10, 59, 59)), now)).toBe(true);
  expect(countsDown(untried(local(24, 11)), now)).toBe(false);
  expect(countsDown(untried(local(24, 10)), now)).toBe(false);
  expect(countsDown(untried(local(24, 10, 5), null), now)).toBe(false);
  expect(countsDown(tried(local(24, 10, 5)), now)).toBe(false);
});

it('what is heard does not move', () => {
  expect(rowClock(untried(local(24, 10, 3)), now)?.title).toBe('First answer due by Tue, Nov 24, 10:03');
  expect(rowClock(tried(local(24, 14, 30)), now)?.title).toBe('Goes on Tue, Nov 24, 14:30');
});

it('a time is said as briefly as nobody can mistake it', () => {
  const said = (at: Date) => moment(at.getTime(), now);
  expect(said(local(24, 0))).toBe('0:00');
  expect(said(local(25, 0, 5))).toBe('tomorrow 0:05');
  expect(said(local(30, 9))).toBe('Mon 9:00');
  expect(said(new Date(2026, 11, 1, 9))).toBe('Dec 1, 9:00');
  expect(said(new Date(2027, 10, 3, 9))).toBe('Nov 3, 2027, 9:00');
  expect(said(local(23, 16))).toBe('Nov 23, 16:00');
  expect(timeOfDay(local(24, 9, 7))).toBe('9:07');
});
