import type { FilterChoices } from '../queries';
import { text } from './text';

/** Something to choose, by what it is called. */
export type Named = { value: string; label: string };

/** What leads came by, those of whoever called included. */
export const formsOf = (choices: FilterChoices | null): Named[] => [
  ...(choices?.forms ?? []).map(({ key, title }) => ({ value: key, label: title })),
  { value: 'call', label: text.byPhone },
];

export const pagesOf = (choices: FilterChoices | null): Named[] =>
  (choices?.pages ?? []).map(({ id, title }) => ({ value: id, label: title }));

export const placesOf = (choices: FilterChoices | null): Named[] =>
  (choices?.places ?? []).map(({ id, name, city }) => ({ value: id, label: `${name}, ${city}` }));

/** What one is called; while nobody knows, or once it is gone, that it is one. */
export const nameIn = (named: readonly Named[], value: string): string =>
  named.find((each) => each.value === value)?.label ?? text.unknown;
