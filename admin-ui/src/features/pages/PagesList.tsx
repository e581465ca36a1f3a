import { SegmentedControl } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useQuery } from 'urql';
import { EntryIndex, first, type Rows, type Wanted } from '~/features/entries/EntryIndex';
import { Loading, SkeletonRows } from '~/ui/states';
import { NewPage } from './NewPage';
import { PagesQuery } from './queries';
import { text } from './text';

const PageTree = lazy(async () => ({ default: (await import('./tree/PageTree')).PageTree }));

const useRows = ({ filter, kind, sort }: Wanted, after: string | null): Rows => {
  const variables = { filter, kind, sort, first, after };
  const [{ data, error, fetching }, retry] = useQuery({ query: PagesQuery, variables });
  return { found: data?.pages, error, fetching, retry: () => retry({ requestPolicy: 'network-only' }) };
};

export const PagesList = () => {
  const navigate = useNavigate({ from: '/pages' });
  const { mode, ...search } = useSearch({ from: '/shell/pages' });
  return (
    <EntryIndex
      text={text}
      modes={
        <SegmentedControl
          size="xs"
          aria-label={text.modes.label}
          value={mode ?? 'list'}
          data={[
            { value: 'list', label: text.modes.list },
            { value: 'tree', label: text.modes.tree },
          ]}
          onChange={(next) => void navigate({ search: next === 'tree' ? { mode: 'tree' } : {} })}
        />
      }
      instead={
        mode === 'tree' && (
          <Suspense
            fallback={
              <Loading>
                <SkeletonRows rows={8} height={52} />
              </Loading>
            }
          >
            <PageTree />
          </Suspense>
        )
      }
      list="PAGES"
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
      useRows={useRows}
      link={({ id, title }, className) => (
        <Link to="/pages/$id" params={{ id }} className={className} title={title}>
          {title}
        </Link>
      )}
      dialog={(onClose) => <NewPage onClose={onClose} />}
    />
  );
};
