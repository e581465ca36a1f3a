import { describe, expect, it } from 'vitest';
import { byDay, eventsOf, eventWords, happenedSince } from './events';
import { anEvent } from './fixtures';
import type { LeadEvent } from './queries';

const local = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);
const event = (id: string, at: Date, given: Partial<LeadEvent> = {}) => anEvent(id, { at: at.toISOString(), ...given });
const mia = { id: 'mia', name: 'Mia Alvarez' };
const tom = { id: 'tom', name: 'Tom Okafor' };

describe('a timeline', () => {
  it('stands under the days of the reader, newest first', () => {
    const now = local(24, 15).getTime();
    const days = byDay(
      [
        event('1', local(20, 23, 59)),
        event('2', local(23, 0, 1)),
        event('3', local(23, 23, 59)),
        event('4', local(24, 0, 1)),
      ],
      now,
    );
    expect(days.map(({ label, events }) => [label, events.map(({ id }) => id).join(' ')])).toEqual([
      ['Today', '4'],
      ['Yesterday', '3 2'],
      ['Friday, November 20', '1'],
    ]);
  });

  it('names the year of an earlier one', () => {
    expect(byDay([event('1', local(24, 10))], new Date(2027, 0, 2).getTime())[0]?.label).toBe('November 24, 2026');
  });

  it('orders what happened in one instant by id', () => {
    const at = local(24, 10);
    const [day] = byDay([event('a', at), event('c', at), event('b', at)], at.getTime());
    expect(day?.events.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('is empty for nothing', () => {
    expect(byDay([], Date.now())).toEqual([]);
  });
});

describe('the words of an event', () => {
  const words = (given: Partial<LeadEvent>) => eventWords(anEvent('1', given), 'mia');

  it('say who did what, to the reader as “you”', () => {
    expect(words({ kind: 'RECEIVED' })).toBe('Received');
    expect(words({ kind: 'RECEIVED', actor: mia })).toBe('You took the call');
    expect(words({ kind: 'VIEWED', actor: mia })).toBe('You revealed the person');
    expect(words({ kind: 'NOTE', actor: tom })).toBe('Tom Okafor noted');
    expect(words({ kind: 'ASSIGNED', actor: tom, assignee: tom })).toBe('Tom Okafor took it');
    expect(words({ kind: 'ASSIGNED', actor: tom, assignee: mia })).toBe('Tom Okafor assigned it to you');
    expect(words({ kind: 'ASSIGNED', actor: mia, assignee: tom })).toBe('You assigned it to Tom Okafor');
    expect(words({ kind: 'ASSIGNED', actor: mia, assignee: null })).toBe('You gave it back to the queue');
    expect(words({ kind: 'ASSIGNED', actor: null, assignee: null })).toBe('Went back to the queue');
    expect(words({ kind: 'CLEARED', actor: mia })).toBe('You said that it is not spam');
  });

  it('say from where to where, and how it ended', () => {
    expect(words({ kind: 'STATUS', actor: tom, fromStatus: 'NEW', toStatus: 'CONTACTED' })).toBe(
      'Tom Okafor changed the status from “New” to “Contacted”',
    );
    expect(words({ kind: 'STATUS', actor: tom, fromStatus: 'NEW', toStatus: 'CLOSED', outcome: 'UNREACHABLE' })).toBe(
      'Tom Okafor changed the status from “New” to “Closed”: could not be reached',
    );
  });
});

describe('who pays', () => {
  const words = (given: Partial<LeadEvent>) => eventWords(anEvent('1', given), 'mia');

  it('is said as far as it is checked, and no further', () => {
    expect(words({ kind: 'INSURANCE', actor: mia, insuranceCheck: 'IN_NETWORK' })).toBe(
      'You updated the insurance: in network',
    );
    expect(words({ kind: 'LEVEL_OF_CARE', actor: tom })).toBe('Tom Okafor set the level of care');
    expect(words({ kind: 'ESTIMATE_GIVEN', actor: tom })).toBe('Tom Okafor gave a good-faith estimate');
  });
});

describe('two leads of one person', () => {
  const other = { id: 'lead-2', reference: 'HS-2', version: 3 };
  const words = (given: Partial<LeadEvent>) => eventWords(anEvent('1', given), 'mia');

  it('are said to be together, and apart again', () => {
    expect(words({ kind: 'MERGED', actor: mia, other })).toBe('You brought it together with HS-2');
    expect(words({ kind: 'UNMERGED', actor: tom, other })).toBe('Tom Okafor took it apart from HS-2 again');
    expect(words({ kind: 'MERGED', actor: null, other: null })).toBe('Somebody brought it together with another lead');
  });

  it('say so once, with what happened to either', () => {
    const stays = anEvent('1', { kind: 'MERGED', other });
    const goes = anEvent('2', { kind: 'MERGED', reference: 'HS-2', other: { ...other, id: 'lead-1' } });
    const note = anEvent('3', { kind: 'NOTE', reference: 'HS-2' });
    expect(eventsOf('lead-1', [note, goes, stays])).toEqual([note, stays]);
    expect(eventsOf('lead-2', [goes])).toEqual([goes]);
  });
});

describe('what happened since', () => {
  it('is what the earlier reading did not have, oldest first', () => {
    const received = event('1', local(24, 9));
    const taken = event('2', local(24, 10), { kind: 'ASSIGNED', actor: tom, assignee: tom });
    const moved = event('3', local(24, 11), { kind: 'STATUS', actor: tom, fromStatus: 'NEW', toStatus: 'CONTACTED' });
    expect(happenedSince([received], [moved, taken, received], 'mia')).toEqual([
      'Tom Okafor took it',
      'Tom Okafor changed the status from “New” to “Contacted”',
    ]);
    expect(happenedSince([received], [received], 'mia')).toEqual([]);
    const viewed = event('4', local(24, 12), { kind: 'VIEWED', actor: mia });
    expect(happenedSince([received], [viewed, received], 'mia')).toEqual([]);
  });
});
