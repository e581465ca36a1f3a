import { expect, it } from 'vitest';
import { chipsOf } from './chips';
import { isNarrowed, nothing } from './narrowing';

const colleagues = [
  { id: 'usr_ada', name: 'Ada' },
  { id: 'usr_bob', name: 'Bob' },
];
const choices = {
  forms: [{ key: 'families', title: 'For families' }],
  pages: [{ id: 'pag_a', title: 'Detox' }],
  places: [{ id: 'loc_east', name: 'East', city: 'Sampleton' }],
};
const words = (given: Partial<typeof nothing>) =>
  chipsOf({ ...nothing, ...given }, 'usr_ada', colleagues, choices).map((chip) => chip.words);

it('says each condition in words, and what is left without it', () => {
  expect(words({})).toEqual([]);
  expect(words({ statuses: ['NEW', 'CONTACTED'] })).toEqual(['Status: New, Contacted']);
  expect(words({ who: ['nobody', 'usr_ada', 'usr_bob'] })).toEqual(['Who has it: Nobody, Me, Bob']);
  expect(words({ who: ['usr_gone'] })).toEqual(['Who has it: A colleague']);
  expect(words({ who: ['a', 'b', 'c', 'd'] })).toEqual(['Who has it: 4 colleagues']);
  expect(words({ priority: 'URGENT', overdue: true })).toEqual(['Urgent', 'Overdue']);
  expect(words({ from: '2026-11-03' })).toEqual(['Since Nov 3, 2026']);
  expect(words({ to: '2026-11-03' })).toEqual(['Until Nov 3, 2026']);
  expect(words({ from: '2026-11-03', to: '2026-11-03' })).toEqual(['On Nov 3, 2026']);
  expect(words({ form: 'families', page: 'pag_a', place: 'loc_east' })).toEqual([
    'Form: For families',
    'From page: Detox',
    'Comes to: East, Sampleton',
  ]);
  expect(words({ form: 'call', page: 'pag_gone' })).toEqual([
    'Form: By telephone',
    'From page: one that is not known here',
  ]);
  const [first, second] = chipsOf({ ...nothing, overdue: true, care: ['DETOX'] }, 'usr_ada', colleagues, null);
  expect(first?.without.care).toEqual(['DETOX']);
  expect(second?.without.overdue).toBe(true);
  expect(isNarrowed({ ...nothing, ...first?.without, care: [] })).toBe(false);
});
