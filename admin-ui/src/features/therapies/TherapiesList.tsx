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
import { CreateTherapy, TherapiesQuery } from './queries';
import { text } from './text';

const first = 50;

/** Every therapy with what the public reads of it; search and status are in the address. */
export const TherapiesList = () => {
  useTitle(text.title);
  const navigate = useNavigate({ from: '/therapies' });
  const { q, status } = useSearch({ from: '/shell/therapies' });
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
      {dialog ? <NewTherapy onClose={() => setDialog(false)} /> : null}
    </>
  );
};

const Rows = ({ query, status, onAll }: { query: string; status: EntryStatus | undefined; onAll: () => void }) => {
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, retry] = useQuery({
    query: TherapiesQuery,
    variables: { filter: { query: query === '' ? null : query, status: status ?? null }, first, after },
  });
  const therapies = data?.therapies;
  if (therapies === undefined) {
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
  if (therapies.nodes.length === 0) {
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
      rows={therapies.nodes}
      total={therapies.totalCount}
      more={therapies.pageInfo.hasNextPage}
      loadingMore={fetching}
      onMore={() => setAfter(therapies.pageInfo.endCursor)}
      link={({ id, title }, className) => (
        <Link to="/therapies/$id" params={{ id }} className={className} title={title}>
          {title}
        </Link>
      )}
    />
  );
};

const NewTherapy = ({ onClose }: { onClose: () => void }) => {
  const navigate = useNavigate();
  const [, createTherapy] = useMutation(CreateTherapy);
  return (
    <NewEntryDialog
      heading={text.new}
      prefix="/therapies/"
      kinds={[text.kind]}
      submitLabel={text.create}
      onClose={onClose}
      onCreate={async ({ title, slug }) => {
        const { data, error } = await createTherapy({ input: { slug, content: { title } } });
        if (error !== undefined) return { userErrors: [], failure: failureText(error) };
        const therapy = data?.createTherapy.therapy;
        if (therapy == null) return { userErrors: data?.createTherapy.userErrors ?? [], failure: null };
        await navigate({ to: '/therapies/$id', params: { id: therapy.id } });
        return null;
      }}
    />
  );
};
