import { type CombinedError, useQuery } from 'urql';
import { failureText } from '~/gql/client';
import type { ResultOf } from '~/gql/graphql';
import type { Entry, EntryRevision } from '../entry';
import { AutosavesQuery, CompareQuery, IsVersionQuery } from '../queries';
import { inOneLine } from '../versions';
import type { Pair } from './address';

export type Compared = NonNullable<ResultOf<typeof CompareQuery>['compareRevisions']>;

export type Comparison =
  | { kind: 'comparing' }
  /** One of the two is not there, or they are not versions of this entry. */
  | { kind: 'unknown' }
  | { kind: 'failed'; message: string }
  | { kind: 'compared'; compared: Compared };

/** The server's word for versions of two different entries. */
const isMismatch = (error: CombinedError | undefined) =>
  error?.graphQLErrors.some(({ extensions }) => extensions['code'] === 'BAD_INPUT') === true;

type Answer = { fetching: boolean; error?: CombinedError | undefined; compared: Compared | null | undefined };

/**
 * What an answer to `pair` means. `own` answers whether it is about versions of the entry it was asked for; it is only
 * asked what the server does not say: that the two belong to each other it does.
 */
export const judge = ({ from, to }: Pair, answer: Answer, own: () => boolean | undefined): Comparison => {
  const { fetching, error, compared } = answer;
  if (compared != null && compared.from.id === from && compared.to.id === to) {
    const belongs = own();
    if (belongs === undefined) return { kind: 'comparing' };
    return belongs ? { kind: 'compared', compared } : { kind: 'unknown' };
  }
  if (fetching) return { kind: 'comparing' };
  if (error !== undefined && !isMismatch(error)) return { kind: 'failed', message: failureText(error) };
  return { kind: 'unknown' };
};

/** Compares two versions of an entry, and tells which others there are to choose from. */
export const useComparison = (
  entry: Entry,
  pair: Pair,
): { comparison: Comparison; versions: EntryRevision[]; retry: () => void } => {
  const { from, to } = pair;
  const [{ data, error, fetching }, again] = useQuery({ query: CompareQuery, variables: { from, to } });
  // Autosaves are offered to whoever has unfolded them in the history.
  const [autosaves] = useQuery({ query: AutosavesQuery, variables: { id: entry.id }, requestPolicy: 'cache-only' });
  const unfolded = autosaves.data?.node && 'autosaves' in autosaves.data.node ? autosaves.data.node.autosaves : [];
  const listed = inOneLine([entry.draft], entry.revisions, unfolded);
  const isListed = listed.some(({ id }) => id === from || id === to);
  // Of a version that is not listed it is only known whether it can be compared with the draft.
  const [kin] = useQuery({ query: IsVersionQuery, variables: { of: entry.draft.id, id: to }, pause: isListed });

  const comparison = judge({ from, to }, { fetching, error, compared: data?.compareRevisions }, () => {
    if (isListed) return true;
    return kin.fetching ? undefined : kin.data?.compareRevisions?.to.id === to;
  });
  const versions =
    comparison.kind === 'compared' ? inOneLine(listed, [comparison.compared.from, comparison.compared.to]) : listed;
  return { comparison, versions, retry: () => again({ requestPolicy: 'network-only' }) };
};
