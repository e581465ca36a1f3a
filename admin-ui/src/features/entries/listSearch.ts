import { entrySorts, findings, type ListSearch, pageKinds } from '~/ui/EntryList';
import { entryStatuses } from '~/ui/EntryStatus';

const oneOf = <T extends string>(known: readonly T[], value: string | null): T | undefined =>
  known.find((each) => each === value);

/** A list's state as a view keeps it: `q=detox&status=DRAFT&sort=TITLE`. */
export const writeSearch = ({ q, status, sort, mine, planned, checks, kind }: ListSearch): string => {
  const words = new URLSearchParams();
  if (q !== undefined) words.set('q', q);
  if (status !== undefined) words.set('status', status);
  if (sort !== undefined) words.set('sort', sort);
  if (mine) words.set('mine', 'true');
  if (planned) words.set('planned', 'true');
  if (checks !== undefined) words.set('checks', checks);
  if (kind !== undefined) words.set('kind', kind);
  return words.toString();
};

/** The state a view keeps; what this version does not know is left out. */
export const readSearch = (text: string): ListSearch => {
  const words = new URLSearchParams(text);
  const status = oneOf(entryStatuses, words.get('status'));
  const sort = oneOf(entrySorts, words.get('sort'));
  const checks = oneOf(findings, words.get('checks'));
  const kind = oneOf(pageKinds, words.get('kind'));
  const q = words.get('q');
  return {
    ...(q ? { q } : {}),
    ...(status === undefined ? {} : { status }),
    ...(sort === undefined || sort === 'UPDATED' ? {} : { sort }),
    ...(words.get('mine') === 'true' ? { mine: true as const } : {}),
    ...(words.get('planned') === 'true' ? { planned: true as const } : {}),
    ...(checks === undefined ? {} : { checks }),
    ...(kind === undefined ? {} : { kind }),
  };
};
