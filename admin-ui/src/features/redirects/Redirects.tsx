import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useQuery } from 'urql';
import { useTargetStore } from '~/features/entries/useTargetStore';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { Chip } from '~/ui/Chip';
import { Listing } from '~/ui/Listing';
import { lazyPart } from '~/ui/lazyPart';
import list from '~/ui/rows.module.css';
import { SearchField } from '~/ui/SearchField';
import { useShortcuts } from '~/ui/shortcuts';
import { EmptyState, NoMatch } from '~/ui/states';
import { TargetsProvider } from '~/ui/targets';
import { useTitle } from '~/ui/title';
import { type Redirect, RedirectsQuery } from './queries';
import classes from './Redirects.module.css';
import { text } from './text';

const RedirectDialog = lazyPart(async () => (await import('./RedirectDialog')).RedirectDialog);
const ImportDialog = lazyPart(async () => (await import('./ImportDialog')).ImportDialog);

/** Old addresses and where they lead: those that moving wrote, and those that people add. */
export const Redirects = () => {
  useTitle(text.title);
  const store = useTargetStore();
  const navigate = useNavigate({ from: '/redirects' });
  const { q = '' } = useSearch({ from: '/shell/redirects' });
  const mayWrite = useCan('PUBLISH');
  const [open, setOpen] = useState<Redirect | 'new' | 'import' | null>(null);
  useShortcuts('This list', mayWrite ? [{ key: 'n', label: text.new, run: () => setOpen('new') }] : []);
  const done = (message: string) => {
    setOpen(null);
    notifications.show({ message });
  };
  return (
    <TargetsProvider value={store}>
      <Bar
        title={text.title}
        end={
          mayWrite ? (
            <span className={classes['acts']}>
              <Button variant="default" onClick={() => setOpen('import')}>
                {text.import}
              </Button>
              <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setOpen('new')}>
                {text.new}
              </Button>
            </span>
          ) : null
        }
      />
      <SearchField
        label={text.search}
        query={q}
        onQuery={(next) => void navigate({ search: next === '' ? {} : { q: next }, replace: true })}
      />
      <Rows
        key={q}
        query={q}
        onEdit={mayWrite ? setOpen : undefined}
        onAll={() => void navigate({ search: {}, replace: true })}
      />
      <Suspense fallback={null}>
        {open === 'import' && (
          <ImportDialog onClose={() => setOpen(null)} onDone={(count) => done(text.importing.done(count))} />
        )}
        {open !== null && open !== 'import' && (
          <RedirectDialog
            redirect={open === 'new' ? null : open}
            onClose={() => setOpen(null)}
            onSaved={({ fromPath }) => done(text.saved(fromPath))}
            onRemoved={(fromPath) => done(text.removed(fromPath))}
          />
        )}
      </Suspense>
    </TargetsProvider>
  );
};

const Rows = ({
  query,
  onEdit,
  onAll,
}: {
  query: string;
  onEdit: ((redirect: Redirect) => void) | undefined;
  onAll: () => void;
}) => {
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, retry] = useQuery({ query: RedirectsQuery, variables: { query, after } });
  const found = data?.redirects;
  return (
    <Listing
      found={found && { ...found, shown: found.nodes.length }}
      error={error === undefined ? null : failureText(error)}
      fetching={fetching}
      failed={text.failed}
      onRetry={() => retry({ requestPolicy: 'network-only' })}
      onMore={() => setAfter(found?.pageInfo.endCursor ?? null)}
      empty={
        query === '' ? (
          <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
        ) : (
          <NoMatch text={text.noMatch} onAll={onAll} />
        )
      }
    >
      <table className={`${list['table']} ${classes['table']}`} aria-rowcount={(found?.totalCount ?? 0) + 1}>
        <caption className="visually-hidden">{text.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{text.columns.from}</th>
            <th scope="col">{text.columns.target}</th>
            <th scope="col">{text.columns.kind}</th>
            {onEdit !== undefined && (
              <th scope="col">
                <span className="visually-hidden">{text.columns.act}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {found?.nodes.map((row) => (
            <tr key={row.id}>
              <td>
                <span className={`${classes['from']} clip`} title={row.fromPath}>
                  {row.fromPath}
                </span>
              </td>
              <td>
                <span className="clip" title={row.target}>
                  {row.entry?.title ?? row.target}
                </span>
                <span className={`${list['detail']} clip`}>{row.entry === null ? text.outside : row.target}</span>
                {!row.works && <Chip tone="warn">{text.broken}</Chip>}
              </td>
              <td>{text.status[row.status]}</td>
              {onEdit !== undefined && (
                <td>
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={text.editOf(row.fromPath)}
                    onClick={() => onEdit(row)}
                  >
                    {text.edit}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Listing>
  );
};
