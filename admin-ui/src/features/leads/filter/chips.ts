import { insuranceText } from '../insurance/text';
import type { Colleague, FilterChoices } from '../queries';
import { text as leadText } from '../text';
import { formsOf, type Named, nameIn, pagesOf, placesOf } from './choices';
import { type Narrowing, nobody, nothing } from './narrowing';
import { text } from './text';

/** One condition in words, and what is left without it. */
export type FilterChip = { key: string; words: string; without: Narrowing };

/** Written as it is said where the reader is: `Nov 3`. */
const dayWords = (day: string) =>
  new Date(`${day}T12:00:00Z`).toLocaleDateString('en-US', {
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  });

const spanWords = (from: string | null, to: string | null): string | null => {
  if (from !== null && to !== null) return text.between(dayWords(from), dayWords(to));
  if (from !== null) return text.since(dayWords(from));
  return to === null ? null : text.until(dayWords(to));
};

/** Each condition that leads must meet. */
export const chipsOf = (
  narrowing: Narrowing,
  viewer: string,
  colleagues: readonly Colleague[],
  choices: FilterChoices | null,
): FilterChip[] => {
  const { statuses, who, priority, care, insurance, form, page, place, from, to, overdue } = narrowing;
  const one = (title: string, named: Named[], id: string | null) =>
    id === null ? null : `${title}: ${nameIn(named, id)}`;
  const nameOf = (id: string) => {
    if (id === nobody) return text.nobody;
    return id === viewer ? text.me : (colleagues.find((each) => each.id === id)?.name ?? text.somebody);
  };
  const several = (title: string, words: string[]) => (words.length === 0 ? null : `${title}: ${words.join(', ')}`);
  const said: [string, string | null, Partial<Narrowing>][] = [
    [
      'status',
      several(
        text.status,
        statuses.map((each) => leadText.status[each]),
      ),
      { statuses: [] },
    ],
    ['who', several(text.who, who.length > 3 ? [text.colleagues(who.length)] : who.map(nameOf)), { who: [] }],
    ['priority', priority === null ? null : text.priorities[priority], { priority: null }],
    ['overdue', overdue ? text.overdue : null, { overdue: false }],
    [
      'care',
      several(
        text.care,
        care.map((each) => insuranceText.levels[each]),
      ),
      { care: [] },
    ],
    [
      'insurance',
      several(
        text.insurance,
        insurance.map((each) => leadText.insuranceCheck[each]),
      ),
      { insurance: [] },
    ],
    ['form', one(text.form, formsOf(choices), form), { form: nothing.form }],
    ['page', one(text.page, pagesOf(choices), page), { page: nothing.page }],
    ['place', one(text.place, placesOf(choices), place), { place: nothing.place }],
    ['received', spanWords(from, to), { from: null, to: null }],
  ];
  return said.flatMap(([key, words, less]) =>
    words === null ? [] : [{ key, words, without: { ...narrowing, ...less } }],
  );
};
