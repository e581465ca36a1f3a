import { ActionIcon, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { Bar } from '~/ui/Bar';
import { useNow } from '~/ui/RelativeTime';
import { EmptyState, ErrorState, Loading, SkeletonRows } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { usePolling } from '~/ui/usePolling';
import { Agenda } from './Agenda';
import classes from './Calendar.module.css';
import { MonthTable } from './MonthTable';
import { byDay, dayOf, monthAfter, monthOf, rangeOf, startOf } from './month';
import { ScheduledQuery } from './queries';
import { text } from './text';

/** What is published and taken back by itself, month by month. */
export const Calendar = () => {
  useTitle(text.title);
  const navigate = useNavigate({ from: '/calendar' });
  const now = new Date(useNow());
  const { month = monthOf(now) } = useSearch({ from: '/shell/calendar' });
  const heading = useRef<HTMLHeadingElement>(null);
  const go = (to: string) => void navigate({ search: to === monthOf(now) ? {} : { month: to } });
  return (
    <>
      <Bar
        title={text.title}
        end={
          <Button variant="default" onClick={() => go(monthOf(now))}>
            {text.today}
          </Button>
        }
      />
      <div className={classes['head']}>
        <ActionIcon
          variant="default"
          className={classes['step'] ?? ''}
          aria-label={text.previous}
          onClick={() => go(monthAfter(month, -1))}
        >
          <IconChevronLeft size={16} stroke={1.8} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          className={classes['step'] ?? ''}
          aria-label={text.next}
          onClick={() => go(monthAfter(month, 1))}
        >
          <IconChevronRight size={16} stroke={1.8} aria-hidden />
        </ActionIcon>
        <h2 ref={heading} tabIndex={-1} aria-live="polite" className={classes['month']}>
          {text.month(startOf(month))}
        </h2>
      </div>
      <Month key={month} month={month} today={dayOf(now)} onGone={() => heading.current?.focus()} />
    </>
  );
};

const Month = ({ month, today, onGone }: { month: string; today: string; onGone: () => void }) => {
  const narrow = useMediaQuery('(max-width: 900px)', undefined, { getInitialValueInEffect: false }) === true;
  const [{ data, error }, reload] = useQuery({ query: ScheduledQuery, variables: rangeOf(month) });
  const again = () => reload({ requestPolicy: 'network-only' });
  usePolling(again, 30_000);
  if (data === undefined) {
    return error === undefined ? (
      <Loading>
        <SkeletonRows rows={5} height={narrow ? 72 : 116} />
      </Loading>
    ) : (
      <ErrorState title={text.failed} onRetry={again}>
        {failureText(error)}
      </ErrorState>
    );
  }
  const planned = data.scheduled.filter(({ state }) => state !== 'CANCELLED');
  const days = byDay(planned);
  const empty = ![...days.keys()].some((day) => day.startsWith(month));
  const shown = {
    month,
    today,
    days,
    onGone: () => {
      onGone();
      again();
    },
  };
  if (narrow) {
    return empty ? <EmptyState title={text.empty}>{text.emptyHelp}</EmptyState> : <Agenda {...shown} />;
  }
  return (
    <>
      {empty && (
        <p className={classes['empty']}>
          <b>{text.empty}</b> {text.emptyHelp}
        </p>
      )}
      <MonthTable {...shown} />
    </>
  );
};
