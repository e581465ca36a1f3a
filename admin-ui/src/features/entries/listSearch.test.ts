import { expect, it } from 'vitest';
import { readSearch, writeSearch } from './listSearch';

it('a view keeps the state of a list', () => {
  for (const search of [
    {},
    { q: 'a & b = c', status: 'DRAFT' as const },
    { sort: 'TITLE' as const, mine: true as const, checks: 'WARNS' as const },
  ]) {
    expect(readSearch(writeSearch(search))).toEqual(search);
  }
  expect(readSearch('status=GONE&sort=UPDATED&mine=yes&q=')).toEqual({});
});
