import { Button, Skeleton } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import classes from './states.module.css';

/** False for the first 150 ms: what answers at once should not flicker. */
export const useDelayed = (wait = 150): boolean => {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), wait);
    return () => clearTimeout(timer);
  }, [wait]);
  return passed;
};

/** The shape of what is coming. Says so once to a screen reader, and nothing else. */
export const Loading = ({ label = 'Loading…', children }: { label?: string; children: ReactNode }) => {
  const shown = useDelayed();
  return (
    <div role="status" aria-label={label} className={classes['loading']}>
      {shown ? children : null}
    </div>
  );
};

export const SkeletonRows = ({ rows, height = 56 }: { rows: number; height?: number }) => (
  <div className={classes['rows']}>
    {Array.from({ length: rows }, (_, row) => row).map((row) => (
      <div key={row} className={classes['row']} style={{ height }}>
        <Skeleton height={12} width={`${58 - ((row * 17) % 30)}%`} />
        <Skeleton height={10} width={`${32 - ((row * 11) % 14)}%`} />
      </div>
    ))}
  </div>
);

/** One sentence of purpose and one thing to do. */
export const EmptyState = ({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) => (
  <div className={classes['notice']}>
    <h2>{title}</h2>
    {children ? <p>{children}</p> : null}
    {action}
  </div>
);

/** Nothing is as it was asked for; one press shows all. */
export const NoMatch = ({
  text: { title, body, action },
  onAll,
}: {
  text: { title: string; body: string; action: string };
  onAll: () => void;
}) => (
  <EmptyState
    title={title}
    action={
      <Button variant="default" onClick={onAll}>
        {action}
      </Button>
    }
  >
    {body}
  </EmptyState>
);

/** What happened, what is safe, and a way to try again. */
export const ErrorState = ({
  title,
  children,
  onRetry,
}: {
  title: string;
  children: ReactNode;
  onRetry?: (() => void) | undefined;
}) => (
  <div className={classes['notice']} role="alert">
    <h2>{title}</h2>
    <p>{children}</p>
    {onRetry ? (
      <Button variant="default" onClick={onRetry}>
        Try again
      </Button>
    ) : null}
  </div>
);
