import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import list from './rows.module.css';
import { ErrorState, Loading, SkeletonRows } from './states';

type Props = {
  /** How much there is; nothing until it is known. */
  found: { shown: number; totalCount: number; pageInfo: { hasNextPage: boolean } } | undefined;
  /** Why it could not be read, as a sentence. */
  error: string | null;
  fetching: boolean;
  /** What went wrong, as a heading. */
  failed: string;
  onRetry: () => void;
  onMore: () => void;
  /** What stands where there is nothing. */
  empty: ReactNode;
  /** The rows. */
  children: ReactNode;
};

/** A list that comes page by page: what is shown while it is on its way, when it is empty, and where it goes on. */
export const Listing = ({ found, error, fetching, failed, onRetry, onMore, empty, children }: Props) => {
  if (found === undefined) {
    return error === null ? (
      <Loading>
        <SkeletonRows rows={8} />
      </Loading>
    ) : (
      <ErrorState title={failed} onRetry={onRetry}>
        {error}
      </ErrorState>
    );
  }
  if (found.shown === 0) return empty;
  return (
    <>
      {children}
      {found.pageInfo.hasNextPage && (
        <div className={list['more']}>
          <span className="muted num">
            {found.shown} of {found.totalCount}
          </span>
          <Button variant="default" loading={fetching} onClick={onMore}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
};
