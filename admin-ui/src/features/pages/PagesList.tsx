import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { EntryFilters, EntryTable } from '~/ui/EntryList';
import type { EntryStatus } from '~/ui/EntryStatus';
import { NewEntryDialog } from '~/ui/NewEntryDialog';
import { EmptyState, ErrorState, Loading, SkeletonRows } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { CreatePage, PagesQuery } from './queries';
import { text } from './text';

const first = 50;

/** Every page with what the public reads of it; search and status are in the address. */
export const PagesList = () => {
  useTitle(text.title);
  const navigate = useNavigate({ from: '/pages' });
  const { q, status } = useSearch({ from: '/shell/pages' });
  const mayWrite = useCan('WRITE_CONTENT');
  const [dialog, setDialog] = useState(false);
  const narrow = (query: string | undefined, next: EntryStatus | undefined) =>
    void navigate({
      search: { ...(query ? { q: query } : {}), ...(next === undefined ? {} : { status: next }) },
      replace: true,
    });

  return (
    <>
      <Bar
        title={text.title}
        end={
          mayWrite ? (
            <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setDialog(true)}>
              {text.new}
            </Button>
          ) : null
        }
      />
      <EntryFilters
        label={text.search}
        query={q ?? ''}
        status={status}
        onQuery={(query) => narrow(query, status)}
        onStatus={(next) => narrow(q, next)}
      />
      <Rows
        key={`${q ?? ''} ${status ?? ''}`}
        query={q ?? ''}
        status={status}
        onAll={() => narrow(undefined, undefined)}
      />
      {dialog ? <NewPage onClose={() => setDialog(false)} /> : null}
    </>
  );
};

const Rows = ({ query, status, onAll }: { query: string; status: EntryStatus | undefined; onAll: () => void }) => {
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, retry] = useQuery({
    query: PagesQuery,
    variables: { filter: { query: query === '' ? null : query, status: status ?? null }, first, after },
  });
  const pages = data?.pages;
  if (pages === undefined) {
    return error === undefined ? (
      <Loading>
        <SkeletonRows rows={8} />
      </Loading>
    ) : (
      <ErrorState title={text.failed} onRetry={() => retry({ requestPolicy: 'network-only' })}>
        {failureText(error)}
      </ErrorState>
    );
  }
  if (pages.nodes.length === 0) {
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
      rows={pages.nodes}
      total={pages.totalCount}
      more={pages.pageInfo.hasNextPage}
      loadingMore={fetching}
      onMore={() => setAfter(pages.pageInfo.endCursor)}
      link={({ id, title }, className) => (
        <Link to="/pages/$id" params={{ id }} className={className} title={title}>
          {title}
        </Link>
      )}
    />
  );
};

const NewPage = ({ onClose }: { onClose: () => void }) => {
  const navigate = useNavigate();
  const [, createPage] = useMutation(CreatePage);
  return (
    <NewEntryDialog
      heading={text.new}
      prefix="/"
      kinds={text.kinds}
      submitLabel={text.create}
      onClose={onClose}
      onCreate={async ({ title, slug, kind }) => {
        const { data, error } = await createPage({ input: { kind, slug, content: { title } } });
        if (error !== undefined) return { userErrors: [], failure: failureText(error) };
        const page = data?.createPage.page;
        if (page == null) return { userErrors: data?.createPage.userErrors ?? [], failure: null };
        await navigate({ to: '/pages/$id', params: { id: page.id } });
        return null;
      }}
    />
  );
};
