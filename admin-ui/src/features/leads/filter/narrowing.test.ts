import { describe, expect, it } from 'vitest';
import {
  filterOf,
  isNarrowed,
  type LeadSearch,
  nothing,
  readNarrowing,
  readSearch,
  wantedBy,
  writeNarrowing,
  writeSearch,
} from './narrowing';

const ada = `usr_${'a'.repeat(26)}`;
const full: LeadSearch = {
  view: 'ALL',
  status: 'NEW,CONTACTED',
  who: `nobody,${ada}`,
  priority: 'URGENT',
  care: 'DETOX',
  insurance: 'NEEDED,SELF_PAY',
  form: 'confidential',
  page: `pag_${'b'.repeat(26)}`,
  place: `loc_${'c'.repeat(26)}`,
  from: '2026-11-01',
  to: '2026-11-30',
  overdue: true,
  order: 'NEXT_ACTION',
};

describe('what narrows the leads', () => {
  it('stands in the address and comes back from it', () => {
    expect(writeNarrowing({ view: 'ALL', order: 'NEXT_ACTION' }, readNarrowing(full, true))).toEqual(full);
    expect(JSON.parse(JSON.stringify(writeNarrowing({}, nothing)))).toEqual({});
  });

  it('is kept by a view', () => {
    expect(readSearch(writeSearch(full))).toEqual(full);
    expect(writeSearch({ status: 'NEW,CONTACTED' })).toBe('status=NEW%2CCONTACTED');
    expect(writeSearch({})).toBe('');
    expect(readSearch('status=NEW&later=1')).toEqual({ status: 'NEW' });
  });

  it('leaves out what nobody knows', () => {
    const strange = { status: 'NEW,GONE,,new', who: `${ada},usr_x,${ada}`, care: '', page: '../x' };
    expect(readNarrowing(strange, true)).toEqual({ ...nothing, statuses: ['NEW'], who: [ada] });
  });

  it('asks for nothing of a person’s health where the viewer may not', () => {
    const { care, insurance, page, statuses } = readNarrowing(full, false);
    expect({ care, insurance, page }).toEqual({ care: [], insurance: [], page: null });
    expect(statuses).toEqual(['NEW', 'CONTACTED']);
  });

  it('tells nobody from colleagues', () => {
    const { assignees, unassigned } = filterOf(readNarrowing(full, true));
    expect({ assignees, unassigned }).toEqual({ assignees: [ada], unassigned: true });
  });

  it('begins with all that are open, the newest first', () => {
    expect(isNarrowed(readNarrowing({ view: 'MINE', order: 'OLDEST' }, true))).toBe(false);
    expect(wantedBy({}, true)).toMatchObject({ view: 'OPEN', orderBy: { field: 'RECEIVED', direction: 'DESC' } });
  });
});
