import { describe, expect, it } from 'vitest';
import { aLead } from './fixtures';
import { arrived, changeList, emptyList, keepInPlace, type LeadList, neighbour } from './list';
import type { LeadRow } from './queries';

const at = (minute: number) => `2026-11-24T10:${String(minute).padStart(2, '0')}:00Z`;
const lead = (id: string, minute: number, given: Partial<LeadRow> = {}) =>
  aLead(id, { receivedAt: at(minute), ...given });
const ids = (leads: LeadRow[] | null) => leads?.map(({ id }) => id).join(' ');
const renewed = (list: LeadList, leads: LeadRow[], opened?: string) =>
  changeList(list, { kind: 'renewed', page: { leads, total: leads.length, more: false }, at: 1, opened });
const listOf = (...leads: LeadRow[]) => renewed(emptyList('OPEN'), leads);

describe('a renewed list', () => {
  it('follows the server', () => {
    expect(ids(renewed(listOf(lead('b', 2), lead('a', 1)), [lead('c', 3), lead('a', 1)]).leads)).toBe('c a');
  });

  it('marks what came since, and counts it for those who listen', () => {
    const list = renewed(listOf(lead('a', 1)), [lead('c', 3, { priority: 'URGENT' }), lead('b', 2), lead('a', 1)]);
    expect([...list.fresh]).toEqual(['c', 'b']);
    expect(list.arrivals).toEqual({ turn: 1, count: 2, urgent: 1 });
  });

  it('calls nothing new on its first answer', () => {
    expect(listOf(lead('a', 1)).fresh.size).toBe(0);
  });

  it('keeps the mark until the lead is opened', () => {
    const marked = renewed(listOf(lead('a', 1)), [lead('b', 2), lead('a', 1)]);
    const again = renewed(marked, [lead('b', 2), lead('a', 1)]);
    expect([...again.fresh]).toEqual(['b']);
    expect(again.arrivals.turn).toBe(1);
    expect(changeList(again, { kind: 'opened', id: 'b' }).fresh.size).toBe(0);
  });

  it('keeps what is shown, and says why it is old, when the server is away', () => {
    const list = changeList(listOf(lead('a', 1)), { kind: 'failed', message: 'away' });
    expect(ids(list.leads)).toBe('a');
    expect(list.failure).toBe('away');
    expect(renewed(list, [lead('a', 1)]).failure).toBeNull();
  });

  it('shows a lead once that slipped onto the next page while the pages were read', () => {
    expect(ids(listOf(lead('c', 3), lead('b', 2), lead('b', 2), lead('a', 1)).leads)).toBe('c b a');
  });

  it('calls nothing new that a longer list brings from below', () => {
    expect(renewed(listOf(lead('c', 3), lead('b', 2)), [lead('c', 3), lead('b', 2), lead('a', 1)]).fresh.size).toBe(0);
  });

  it('starts anew in another view, keeping the marks', () => {
    const marked = renewed(listOf(lead('a', 1)), [lead('b', 2), lead('a', 1)]);
    const list = changeList(marked, { kind: 'switched', view: 'ALL', asked: '' });
    expect(list.leads).toBeNull();
    expect([...list.fresh]).toEqual(['b']);
    expect(list.arrivals.count).toBe(0);
  });

  it('shows a confirmed change at once', () => {
    const list = changeList(listOf(lead('a', 1)), { kind: 'changed', lead: lead('a', 1, { status: 'CONTACTED' }) });
    expect(list.leads?.[0]?.status).toBe('CONTACTED');
  });
});

describe('arrivals', () => {
  it('are not those that were merely out of sight', () => {
    const shown = [lead('d', 4), lead('c', 3)];
    // “d” was taken by a colleague: “b” moved up from the next page, and “a” came back to the queue.
    expect(ids(arrived(shown, [lead('c', 3), lead('b', 2), lead('a', 1)]))).toBe('');
  });

  it('may have come in the same instant', () => {
    expect(ids(arrived([lead('a', 1)], [lead('b', 1), lead('a', 1)]))).toBe('b');
  });

  it('are all there is where nothing was', () => {
    expect(ids(arrived([], [lead('a', 1)]))).toBe('a');
  });
});

describe('the opened lead', () => {
  const shown = [lead('d', 4), lead('c', 3), lead('b', 2)];

  it('stays where it was after leaving the view', () => {
    expect(ids(keepInPlace(shown, [lead('d', 4), lead('b', 2)], 'c'))).toBe('d c b');
  });

  it('stays below what arrived above it', () => {
    expect(ids(keepInPlace(shown, [lead('e', 5), lead('c', 3), lead('b', 2)], 'd'))).toBe('e d c b');
  });

  it('stays even as the last of its view', () => {
    expect(ids(keepInPlace([lead('c', 3)], [], 'c'))).toBe('c');
  });

  it('is not brought into a list that never had it', () => {
    expect(ids(keepInPlace([], [lead('a', 1)], 'z'))).toBe('a');
    expect(ids(keepInPlace(shown, shown, undefined))).toBe('d c b');
  });
});

describe('going through the list', () => {
  const leads = [lead('c', 3), lead('b', 2), lead('a', 1)];

  it('takes the next and the one before, and stops at the ends', () => {
    expect(neighbour(leads, 'b', 1)).toBe('a');
    expect(neighbour(leads, 'b', -1)).toBe('c');
    expect(neighbour(leads, 'a', 1)).toBeNull();
    expect(neighbour(leads, 'c', -1)).toBeNull();
  });

  it('begins at the top', () => {
    expect(neighbour(leads, undefined, 1)).toBe('c');
    expect(neighbour(leads, 'gone', -1)).toBe('c');
    expect(neighbour([], undefined, 1)).toBeNull();
  });
});
