import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { CombinedError } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { EntryFilters, type EntryRow, EntryTable } from '~/ui/EntryList';
import type { EntryStatus } from '~/ui/EntryStatus';
import { EmptyState, ErrorState, Loading, SkeletonRows } from '~/ui/states';
import { useTitle } from '~/ui/title';

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
  /** What the address says is looked for, and how it is told otherwise. */
  query: string | undefined;
  status: EntryStatus | undefined;
  onNarrow: (query: string | undefined, status: EntryStatus | undefined) => void;
  /** A hook that reads the rows of one kind after a cursor. */
  useRows: (filter: { query: string | null; status: EntryStatus | null }, after: string | null) => Rows;
  link: (row: EntryRow, className: string | undefined) => ReactNode;
  dialog: (onClose: () => void) => ReactNode;
};

/** Everything of one kind, with what the public reads of it; search and status are in the address. */
export const EntryIndex = ({ text, query, status, onNarrow, useRows, link, dialog }: Props) => {
  useTitle(text.title);
  const mayWrite = useCan('WRITE_CONTENT');
  const [creating, setCreating] = useState(false);
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
      />
      <EntryFilters
        label={text.search}
        query={query ?? ''}
        status={status}
        onQuery={(next) => onNarrow(next, status)}
        onStatus={(next) => onNarrow(query, next)}
      />
      <Table
        key={`${query ?? ''} ${status ?? ''}`}
        text={text}
        query={query ?? ''}
        status={status}
        useRows={useRows}
        link={link}
        onAll={() => onNarrow(undefined, undefined)}
      />
      {creating ? dialog(() => setCreating(false)) : null}
    </>
  );
};

const Table = ({
  text,
  query,
  status,
  useRows,
  link,
  onAll,
}: Pick<Props, 'text' | 'status' | 'useRows' | 'link'> & { query: string; onAll: () => void }) => {
  const [after, setAfter] = useState<string | null>(null);
  const { found, error, fetching, retry } = useRows(
    { query: query === '' ? null : query, status: status ?? null },
    after,
  );
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
    return query === '' && status === undefined ? (
      <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
    ) : (
      <EmptyState
        title={text.noMatch.title}
        action={
          <Button variant="default" onClick={onAll}>
            {text.noMatch.action}
          </Button>
        }
      >
        {text.noMatch.body}
      </EmptyState>
    );
  }
  return (
    <EntryTable
      caption={text.caption}
      rows={found.nodes}
      total={found.totalCount}
      more={found.pageInfo.hasNextPage}
      loadingMore={fetching}
      onMore={() => setAfter(found.pageInfo.endCursor)}
      link={link}
    />
  );
};
