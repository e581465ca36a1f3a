import { describe, expect, it } from 'vitest';
import { aLead, anEvent } from './fixtures';
import { apartUntil, mayMerge, mergedNow } from './merge';

const into = { id: '3', reference: 'HS-3' };

describe('two leads of one person', () => {
  it('may become one while the one that stays is open', () => {
    const other = aLead('2');
    expect(mayMerge(aLead('1'), other)).toBe(true);
    expect(mayMerge(aLead('1', { status: 'SCHEDULED' }), other)).toBe(true);
    expect(mayMerge(aLead('1', { status: 'ADMITTED' }), other)).toBe(false);
    expect(mayMerge(aLead('1', { status: 'CLOSED' }), other)).toBe(false);
  });

  it('may not where the other is admitted, merged or erased', () => {
    const lead = aLead('1');
    expect(mayMerge(lead, aLead('2', { status: 'CLOSED' }))).toBe(true);
    expect(mayMerge(lead, aLead('2', { status: 'ADMITTED' }))).toBe(false);
    expect(mayMerge(lead, aLead('2', { status: 'CLOSED', mergedInto: into }))).toBe(false);
    expect(mayMerge(lead, aLead('2', { status: 'CLOSED', erasedAt: '2026-11-24T10:00:00Z' }))).toBe(false);
  });

  it('are taken apart for a day', () => {
    const merged = { mergedAt: '2026-11-24T10:00:00Z' };
    const until = Date.parse('2026-11-25T10:00:00Z');
    expect(apartUntil(merged, until - 1)).toBe(until);
    expect(apartUntil(merged, until)).toBe(until);
    expect(apartUntil(merged, until + 1)).toBeNull();
    expect(apartUntil({ mergedAt: null }, until)).toBeNull();
  });

  it('tell how the one that went is now', () => {
    const gone = { id: '2', reference: 'HS-2', version: 4 };
    const timeline = [anEvent('2', { kind: 'MERGED', other: gone }), anEvent('1')];
    expect(mergedNow({ timeline }, '2')).toEqual(gone);
    expect(mergedNow({ timeline }, '9')).toBeNull();
  });
});
