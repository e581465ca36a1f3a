import { describe, expect, test } from 'vitest';
import { comesWords, judgeComing, noComing } from './arrival';
import { stepText } from './stepText';

const east = { id: 'loc_1', name: 'East', city: 'Sampleton', timeZone: 'America/New_York' };
const west = { id: 'loc_2', name: 'West', city: 'Sampleton', timeZone: 'America/Los_Angeles' };
const now = Date.parse('2026-11-24T10:00:00Z');
const coming = { place: 'loc_2', local: '2026-11-30T10:00', transport: 'Her sister drives.' };

describe('What is agreed of somebody’s coming', () => {
  test('is read by the clock of the place', () => {
    expect(judgeComing(coming, [east, west], now).arrival).toEqual({
      location: 'loc_2',
      at: '2026-11-30T18:00:00.000Z',
      transport: 'Her sister drives.',
    });
    expect(judgeComing({ ...coming, place: '' }, [east], now).arrival?.at).toBe('2026-11-30T15:00:00.000Z');
  });

  test('says all that is missing at once', () => {
    expect(judgeComing(noComing, [east, west], now).wrong).toEqual({
      location: stepText.arrival.noPlace,
      at: stepText.arrival.noTime,
      transport: stepText.arrival.noTransport,
    });
    expect(judgeComing({ ...coming, local: '2026-11-20T10:00' }, [west], now).wrong).toEqual({
      at: stepText.arrival.past,
    });
  });

  test('is told with the place and its clock', () => {
    expect(comesWords({ at: '2026-11-30T15:00:00Z', place: east })).toBe('Comes Mon, Nov 30, 10:00 AM EST, East');
  });
});
