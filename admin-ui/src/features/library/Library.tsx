import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { Chip } from '~/ui/Chip';
import { Listing } from '~/ui/Listing';
import list from '~/ui/rows.module.css';
import { SearchField } from '~/ui/SearchField';
import { useShortcuts } from '~/ui/shortcuts';
import { EmptyState, ErrorState, Loading, NoMatch, SkeletonRows } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { SingleFact } from './FactScreen';
import { type FactKindInfo, useFactKinds } from './kinds';
import classes from './Library.module.css';
import { FactsQuery } from './queries';
import { text } from './text';

const first = 50;

/** `/library` alone leads to its first kind. */
export const LibraryStart = () => {
  const { kinds, error, retry } = useFactKinds();
  const [kind] = kinds ?? [];
  return kind === undefined ? (
    <Waiting error={error === undefined ? null : failureText(error)} retry={retry} />
  ) : (
    <Navigate to="/library/$kind" params={{ kind: kind.slug }} replace />
  );
};

/** The facts of one kind, and the way to the other kinds. */
export const Library = () => {
  const { kinds, error, retry } = useFactKinds();
  const { kind: slug } = useParams({ from: '/shell/library/$kind' });
  const kind = kinds?.find((each) => each.slug === slug);
  useTitle(kind?.plural ?? text.title);
  if (kinds === undefined) return <Waiting error={error === undefined ? null : failureText(error)} retry={retry} />;
  const tabs = <Kinds kinds={kinds} />;
  if (kind === undefined) {
    return (
      <>
        <Bar title={text.title} />
        {tabs}
        <EmptyState title={text.missing.title}>{text.missing.body}</EmptyState>
      </>
    );
  }
  return kind.single ? (
    <SingleFact key={slug} kind={kind} kinds={kinds} tabs={tabs} />
  ) : (
    <FactList key={slug} kind={kind} tabs={tabs} />
  );
};

const Waiting = ({ error, retry }: { error: string | null; retry: () => void }) => (
  <>
    <Bar title={text.title} />
    {error === null ? (
      <Loading>
        <SkeletonRows rows={8} />
      </Loading>
    ) : (
      <ErrorState title={text.failed} onRetry={retry}>
        {error}
      </ErrorState>
    )}
  </>
);

const Kinds = ({ kinds }: { kinds: readonly FactKindInfo[] }) => {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row is longer than the screen.
    row.current?.querySelector('[data-on]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, []);
  return (
    <nav ref={row} className={classes['kinds']} aria-label={text.kinds}>
      {kinds.map(({ slug, plural }) => (
        <Link
          key={slug}
          to="/library/$kind"
          params={{ kind: slug }}
          className={classes['kind']}
          activeProps={{ 'data-on': '' }}
        >
          {plural}
        </Link>
      ))}
    </nav>
  );
};

const FactList = ({ kind, tabs }: { kind: FactKindInfo; tabs: ReactNode }) => {
  const navigate = useNavigate({ from: '/library/$kind' });
  const { q = '' } = useSearch({ from: '/shell/library/$kind' });
  const mayWrite = useCan('PUBLISH');
  const make = () => void navigate({ to: '/library/$kind/$id', params: { kind: kind.slug, id: 'new' } });
  useShortcuts('This list', mayWrite ? [{ key: 'n', label: text.new(kind.noun), run: make }] : []);
  return (
    <>
      <Bar
        title={text.title}
        end={
          mayWrite ? (
            <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={make}>
              {text.new(kind.noun)}
            </Button>
          ) : null
        }
      />
      {tabs}
      <SearchField
        label={text.search(kind.plural)}
        query={q}
        onQuery={(next) => void navigate({ search: next === '' ? {} : { q: next }, replace: true })}
      />
      <Rows key={q} kind={kind} query={q} onAll={() => void navigate({ search: {}, replace: true })} />
    </>
  );
};

const Rows = ({ kind, query, onAll }: { kind: FactKindInfo; query: string; onAll: () => void }) => {
  const [after, setAfter] = useState<string | null>(null);
  const variables = { kind: kind.kind, query, first, after };
  const [{ data, error, fetching }, retry] = useQuery({ query: FactsQuery, variables });
  const found = data?.facts;
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
          <EmptyState title={text.empty(kind.plural)}>{kind.description}</EmptyState>
        ) : (
          <NoMatch text={text.noMatch} onAll={onAll} />
        )
      }
    >
      <table className={`${list['table']} ${classes['table']}`} aria-rowcount={(found?.totalCount ?? 0) + 1}>
        <caption className="visually-hidden">{text.caption(kind.plural)}</caption>
        <thead>
          <tr>
            <th scope="col">{text.columns.name}</th>
            <th scope="col">{found?.nodes.some(({ usedCount }) => usedCount !== null) && text.columns.used}</th>
          </tr>
        </thead>
        <tbody>
          {found?.nodes.map(({ id, name, detail, usedCount, protection }) => (
            <tr key={id}>
              <td>
                <Link to="/library/$kind/$id" params={{ kind: kind.slug, id }} className={list['name']} title={name}>
                  {name}
                </Link>
                <span className={`${list['detail']} clip`}>{detail}</span>
              </td>
              <td className={classes['used']}>
                <span>
                  {usedCount === null ? null : <UsedCount count={usedCount} />}
                  {protection === null ? null : <Chip>{text.protected}</Chip>}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Listing>
  );
};

const UsedCount = ({ count }: { count: number }) =>
  count === 0 ? <span className="muted">{text.unused}</span> : text.used(count);
