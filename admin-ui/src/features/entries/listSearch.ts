import { entrySorts, type ListSearch } from '~/ui/EntryList';
import { entryStatuses } from '~/ui/EntryStatus';

const oneOf = <T extends string>(known: readonly T[], value: string | null): T | undefined =>
  known.find((each) => each === value);

/** A list's state as a view keeps it: `q=detox&status=DRAFT&sort=TITLE`. */
export const writeSearch = ({ q, status, sort, mine }: ListSearch): string => {
  const words = new URLSearchParams();
  if (q !== undefined) words.set('q', q);
  if (status !== undefined) words.set('status', status);
  if (sort !== undefined) words.set('sort', sort);
  if (mine) words.set('mine', 'true');
  return words.toString();
};

/** The state a view keeps; what this version does not know is left out. */
export const readSearch = (text: string): ListSearch => {
  const words = new URLSearchParams(text);
  const status = oneOf(entryStatuses, words.get('status'));
  const sort = oneOf(entrySorts, words.get('sort'));
  const q = words.get('q');
  return {
    ...(q ? { q } : {}),
    ...(status === undefined ? {} : { status }),
    ...(sort === undefined || sort === 'UPDATED' ? {} : { sort }),
    ...(words.get('mine') === 'true' ? { mine: true as const } : {}),
  };
};
