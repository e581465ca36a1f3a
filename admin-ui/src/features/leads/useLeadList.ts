import { useCallback, useEffect, useReducer, useRef } from 'react';
import { type OperationResult, type OperationResultSource, useClient } from 'urql';
import { failureText } from '~/gql/client';
import type { ResultOf } from '~/gql/graphql';
import { useLive } from '~/gql/live';
import { usePolling } from '~/ui/usePolling';
import type { Wanted } from './filter/narrowing';
import { changeList, emptyList, type LeadList, type LeadPage } from './list';
import { LeadChangedSubscription, type LeadRow, LeadsQuery } from './queries';
import { text } from './text';

/** How many are shown at first: as many as a list is scrolled through, or a board holds. */
export const listSize = 50;
export const boardSize = 200;
const mostAtOnce = 100;
/** How often the list is read where nothing tells that it changed, and where something does. */
const unheard = 5_000;
const heard = 60_000;
const patience = 10_000;
/** Between two readings, however much happens. */
const breath = 250;

type Leads = ResultOf<typeof LeadsQuery>['leads'];

export type LeadListControl = {
  list: LeadList;
  /** Asks the server again, from the top and as deep as shown. */
  renew: () => void;
  /** Shows a page more. */
  extend: () => Promise<void>;
  /** Shows a change that the server has just confirmed. */
  changed: (lead: LeadRow) => void;
};

/** A reading that goes on. What is asked for meanwhile is read once more when it is over. */
type Reading = { again: boolean; over: Promise<void> };

/**
 * The leads that are wanted, renewed as soon as something happens to one, and every few seconds where that is not heard. Each
 * renewal reads everything that is shown again, page after page: what arrives at the top pushes others across the
 * boundaries, and none may fall between two.
 */
export const useLeadList = (wanted: Wanted, opened: string | undefined, size = listSize): LeadListControl => {
  const client = useClient();
  const { view } = wanted;
  const asked = JSON.stringify(wanted);
  const [list, dispatch] = useReducer(changeList, null, () => emptyList(view, asked));
  const latest = useRef(opened);
  useEffect(() => {
    latest.current = opened;
  });

  /** One at a time; what belongs to an earlier one comes too late and is dropped. */
  const reading = useRef<Reading | null>(null);
  const depth = useRef(size);

  const read = useCallback(
    async (first: number, after: string | null): Promise<Leads | string> => {
      const variables = { ...(JSON.parse(asked) as Wanted), first, after };
      const result = await within(patience, client.query(LeadsQuery, variables, { requestPolicy: 'network-only' }));
      if (result === null) return text.list.silent;
      if (result.data != null) return result.data.leads;
      return result.error === undefined ? text.list.silent : failureText(result.error);
    },
    [client, asked],
  );

  const renew = useCallback((): Promise<void> => {
    if (reading.current !== null) {
      reading.current.again = true;
      return reading.current.over;
    }
    const mine: Reading = { again: false, over: Promise.resolve() };
    reading.current = mine;
    const readOn = async () => {
      for (;;) {
        mine.again = false;
        const answer = await readDeep(read, depth.current);
        if (reading.current !== mine) return;
        if (typeof answer === 'string') dispatch({ kind: 'failed', message: answer });
        else dispatch({ kind: 'renewed', page: answer, at: Date.now(), opened: latest.current });
        if (!mine.again) break;
        await new Promise((resolve) => setTimeout(resolve, breath));
      }
      reading.current = null;
    };
    mine.over = readOn();
    return mine.over;
  }, [read]);

  useEffect(() => {
    dispatch({ kind: 'switched', view, asked });
    depth.current = size;
    void renew();
    return () => {
      // An answer for the list that was left may not land in the next.
      reading.current = null;
    };
  }, [view, asked, size, renew]);

  const isHeard = useLive(LeadChangedSubscription, {}, () => void renew());
  usePolling(
    () => {
      if (reading.current === null) void renew();
    },
    isHeard ? heard : unheard,
  );

  useEffect(() => {
    if (opened !== undefined) dispatch({ kind: 'opened', id: opened });
  }, [opened]);

  return {
    list: list.view === view && list.asked === asked ? list : emptyList(view, asked),
    renew: useCallback(() => void renew(), [renew]),
    extend: useCallback(() => {
      depth.current += size;
      return renew();
    }, [size, renew]),
    changed: useCallback((lead) => dispatch({ kind: 'changed', lead }), []),
  };
};

const readDeep = async (
  read: (first: number, after: string | null) => Promise<Leads | string>,
  depth: number,
): Promise<LeadPage | string> => {
  const leads: LeadRow[] = [];
  let after: string | null = null;
  for (;;) {
    const answer = await read(Math.min(mostAtOnce, depth - leads.length), after);
    if (typeof answer === 'string') return answer;
    leads.push(...answer.nodes);
    after = answer.pageInfo.endCursor;
    if (!answer.pageInfo.hasNextPage || leads.length >= depth) return pageOf(leads, answer);
  }
};

const pageOf = (leads: LeadRow[], { pageInfo, totalCount }: Leads): LeadPage => ({
  leads,
  total: totalCount,
  more: pageInfo.hasNextPage,
});

/** The answer, or null when it takes too long; the request is then given up. */
const within = <T, V extends object>(
  time: number,
  source: OperationResultSource<OperationResult<T, V>>,
): Promise<OperationResult<T, V> | null> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      subscription.unsubscribe();
      resolve(null);
    }, time);
    const subscription = source.subscribe((result) => {
      if (result.stale || result.hasNext) return;
      clearTimeout(timer);
      resolve(result);
      queueMicrotask(() => subscription.unsubscribe());
    });
  });
