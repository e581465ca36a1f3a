import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, Suspense, useState } from 'react';
import type { CombinedError } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import {
  EntryFilters,
  type EntryRow,
  type EntrySort,
  EntryTable,
  type Finding,
  type ListSearch,
  type PageKind,
  pageKinds,
} from '~/ui/EntryList';
import type { EntryStatus } from '~/ui/EntryStatus';
import { lazyPart } from '~/ui/lazyPart';
import { useShortcuts } from '~/ui/shortcuts';
import { EmptyState, ErrorState, Loading, NoMatch, SkeletonRows } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { most } from './bulk/most';
import { readSearch, writeSearch } from './listSearch';
import { SavedViews, type ViewedList } from './SavedViews';

const BulkBar = lazyPart(async () => (await import('./bulk/BulkBar')).BulkBar);

/** How many rows come at a time. */
export const first = 50;

export type Rows = {
  found:
    | { nodes: EntryRow[]; totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
    | undefined;
  error: CombinedError | undefined;
  fetching: boolean;
  retry: () => void;
};

/** Which rows, in which order, as the server is asked. */
export type Wanted = {
  filter: {
    query: string | null;
    status: EntryStatus | null;
    mine: boolean;
    planned: boolean;
    checks: Finding | null;
  };
  kind: PageKind | null;
  sort: EntrySort;
};

type Props = {
  text: {
    title: string;
    search: string;
    caption: string;
    new: string;
    empty: { title: string; body: string };
    noMatch: { title: string; body: string; action: string };
    failed: string;
  };
  list: ViewedList;
  /** What the address says is looked for, and how it is told otherwise. */
  search: ListSearch;
  onSearch: (next: ListSearch) => void;
  /** A hook that reads the rows of one kind after a cursor. */
  useRows: (wanted: Wanted, after: string | null) => Rows;
  link: (row: EntryRow, className: string | undefined) => ReactNode;
  dialog: (onClose: () => void) => ReactNode;
  /** Switches between ways to show them, where there are several. */
  modes?: ReactNode;
  /** Another way to show them than the list. */
  instead?: ReactNode;
};

/** Everything of one kind, with what the public reads of it; what is looked for is in the address. */
export const EntryIndex = ({ text, list, search, onSearch, useRows, link, dialog, modes, instead }: Props) => {
  useTitle(text.title);
  const mayWrite = useCan('WRITE_CONTENT');
  const [creating, setCreating] = useState(false);
  useShortcuts('This list', mayWrite ? [{ key: 'n', label: text.new, run: () => setCreating(true) }] : []);
  return (
    <>
      <Bar
        title={text.title}
        end={
          mayWrite ? (
            <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setCreating(true)}>
              {text.new}
            </Button>
          ) : null
        }
      >
        {modes}
      </Bar>
      {instead || (
        <>
          <EntryFilters
            label={text.search}
            search={search}
            onSearch={onSearch}
            sorts={list === 'PAGES' ? pageKinds : []}
            views={<SavedViews list={list} here={writeSearch(search)} onGo={(kept) => onSearch(readSearch(kept))} />}
          />
          <Table
            key={JSON.stringify(search)}
            text={text}
            search={search}
            useRows={useRows}
            link={link}
            onAll={() => onSearch({})}
          />
        </>
      )}
      {creating ? dialog(() => setCreating(false)) : null}
    </>
  );
};

const Table = ({
  text,
  search,
  useRows,
  link,
  onAll,
}: Pick<Props, 'text' | 'search' | 'useRows' | 'link'> & { onAll: () => void }) => {
  const [after, setAfter] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const mayWrite = useCan('WRITE_CONTENT');
  const { q, status, sort = 'UPDATED', mine = false, planned = false, checks, kind } = search;
  const filter = { query: q ?? null, status: status ?? null, mine, planned, checks: checks ?? null };
  const wanted: Wanted = { filter, kind: kind ?? null, sort };
  const { found, error, fetching, retry } = useRows(wanted, after);
  if (found === undefined) {
    return error === undefined ? (
      <Loading>
        <SkeletonRows rows={8} />
      </Loading>
    ) : (
      <ErrorState title={text.failed} onRetry={retry}>
        {failureText(error)}
      </ErrorState>
    );
  }
  if (found.nodes.length === 0) {
    return writeSearch({ ...search, sort: undefined }) === '' ? (
      <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
    ) : (
      <NoMatch text={text.noMatch} onAll={onAll} />
    );
  }
  const selected = found.nodes.filter(({ id }) => chosen.has(id));
  const cut =
    selected.length === most && found.nodes.length > most && selected.at(-1)?.id === found.nodes[most - 1]?.id;
  return (
    <>
      <EntryTable
        selection={mayWrite ? { chosen, most, onChange: setChosen } : undefined}
        caption={text.caption}
        rows={found.nodes}
        total={found.totalCount}
        more={found.pageInfo.hasNextPage}
        loadingMore={fetching}
        onMore={() => setAfter(found.pageInfo.endCursor)}
        link={link}
      />
      {selected.length > 0 && (
        <Suspense fallback={null}>
          <BulkBar rows={selected} cut={cut} onChanged={retry} onClear={() => setChosen(new Set())} />
        </Suspense>
      )}
    </>
  );
};
