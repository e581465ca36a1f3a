import { Button, Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import { Avatar } from '~/ui/Avatar';
import { Chip } from '~/ui/Chip';
import { lazyPart } from '~/ui/lazyPart';
import { RelativeTime } from '~/ui/RelativeTime';
import { EmptyState, ErrorState, Loading, NoMatch, SkeletonRows } from '~/ui/states';
import { useSteadyScroll } from '~/ui/useSteadyScroll';
import { noSelection, type Selection, selectTo, toggle, without } from './bulk/select';
import { text as bulkText } from './bulk/text';
import { isByPhone } from './byPhone';
import { ClockChip } from './ClockChip';
import type { LeadSearch } from './filter/narrowing';
import { text as filterText } from './filter/text';
import classes from './LeadList.module.css';
import type { LeadList as List } from './list';
import { type LeadCounts, type LeadRow, type LeadView, leadViews } from './queries';
import { StatusChip } from './StatusChip';
import { text } from './text';

const BulkBar = lazyPart(async () => (await import('./bulk/BulkBar')).BulkBar);

export const LeadList = ({
  list,
  opened,
  counts,
  mayWork,
  rows,
  top,
  filters,
  narrowed,
  search,
  onAll,
  instead,
  selection,
  onSelect,
  onRetry,
  onMore,
}: {
  list: List;
  opened: string | undefined;
  counts: LeadCounts | undefined;
  mayWork: boolean;
  rows: RefObject<HTMLUListElement | null>;
  /** What stands above the views. */
  top: ReactNode;
  /** What narrows the view, and says how to undo that. */
  filters: ReactNode;
  narrowed: boolean;
  /** What the address says of the list. */
  search: LeadSearch;
  /** Shows all of the view. */
  onAll: () => void;
  /** Another way to show the leads. */
  instead?: ((leads: LeadRow[]) => ReactNode) | undefined;
  /** Which are selected, where something can be done with several. */
  selection: Selection | undefined;
  onSelect: (change: (now: Selection) => Selection) => void;
  onRetry: () => void;
  onMore: () => Promise<void>;
}) => (
  <section className={classes['list']} aria-label={text.list.label}>
    {top}
    <Views view={list.view} search={search} opened={opened} counts={counts} mayWork={mayWork} />
    {filters}
    {list.leads === null ? (
      <Unread failure={list.failure} onRetry={onRetry} />
    ) : list.leads.length === 0 && narrowed ? (
      <NoMatch text={filterText.none} onAll={onAll} />
    ) : list.leads.length === 0 ? (
      <EmptyState title={text.views.empty[list.view].title}>{text.views.empty[list.view].body}</EmptyState>
    ) : instead !== undefined ? (
      instead(list.leads)
    ) : (
      <Rows
        key={list.asked}
        list={list}
        newestFirst={search.order === undefined}
        leads={list.leads}
        opened={opened}
        rows={rows}
        selection={selection}
        onSelect={onSelect}
        onMore={onMore}
      />
    )}
    {selection === undefined || instead !== undefined || selection.ids.size === 0 ? null : (
      <Suspense fallback={null}>
        <BulkBar
          leads={list.leads?.filter(({ id }) => selection.ids.has(id)) ?? []}
          onChanged={onRetry}
          onDone={(ids) => onSelect((now) => without(now, ids))}
          onClear={() => onSelect(() => noSelection)}
        />
      </Suspense>
    )}
  </section>
);

const Unread = ({ failure, onRetry }: { failure: string | null; onRetry: () => void }) =>
  failure === null ? (
    <Loading>
      <SkeletonRows rows={7} height={85} />
    </Loading>
  ) : (
    <ErrorState title={text.list.failed} onRetry={onRetry}>
      {failure}
    </ErrorState>
  );

const countOf: Record<LeadView, keyof LeadCounts & Lowercase<LeadView>> = {
  OPEN: 'open',
  MINE: 'mine',
  UNASSIGNED: 'unassigned',
  URGENT: 'urgent',
  OVERDUE: 'overdue',
  CLOSED: 'closed',
  ALL: 'all',
};

const Views = ({
  view,
  search,
  opened,
  counts,
  mayWork,
}: {
  view: LeadView;
  search: LeadSearch;
  opened: string | undefined;
  counts: LeadCounts | undefined;
  mayWork: boolean;
}) => {
  const active = useRef<HTMLAnchorElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is another active tab.
  useEffect(() => {
    // Newer browsers answer a promise, which must not become the effect's clean-up.
    void active.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [view]);
  return (
    <nav className={classes['views']} aria-label={text.views.label}>
      {leadViews
        // Whoever may not work leads has none.
        .filter((each) => mayWork || each !== 'MINE')
        .map((each) => (
          <Link
            key={each}
            ref={each === view ? active : undefined}
            {...(opened === undefined ? { to: '/leads' } : { to: '/leads/$id', params: { id: opened } })}
            search={{ ...search, view: each === 'OPEN' ? undefined : each }}
            activeOptions={{ exact: true, includeSearch: true }}
            aria-current={each === view ? 'page' : undefined}
            title={counts === undefined ? undefined : text.views.count(counts[countOf[each]])}
            className={classes['view']}
          >
            {text.views.names[each]}
            {counts === undefined ? null : <Count view={each} count={counts[countOf[each]]} />}
          </Link>
        ))}
    </nav>
  );
};

/** What waits is counted where it is seen; how many there ever were is for those who ask. */
const Count = ({ view, count }: { view: LeadView; count: number }) => {
  const waiting = count > 0 && view !== 'CLOSED' && view !== 'ALL';
  return <span className={waiting ? 'num' : 'visually-hidden'}>{count}</span>;
};

const Rows = ({
  list,
  newestFirst,
  leads,
  opened,
  rows,
  selection,
  onSelect,
  onMore,
}: {
  list: List;
  /** Whether what arrives stands at the top. */
  newestFirst: boolean;
  leads: LeadRow[];
  opened: string | undefined;
  rows: RefObject<HTMLUListElement | null>;
  selection: Selection | undefined;
  onSelect: (change: (now: Selection) => Selection) => void;
  onMore: () => Promise<void>;
}) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [loadingMore, setLoadingMore] = useState(false);
  const remember = useSteadyScroll(scroller, leads);
  const { above, onScroll } = useArrivalsAbove(scroller, list.arrivals);

  useEffect(() => {
    if (opened === undefined) return;
    scroller.current
      ?.querySelector(`[data-row="${CSS.escape(opened)}"]`)
      ?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }, [opened]);

  const more = async () => {
    setLoadingMore(true);
    await onMore();
    setLoadingMore(false);
  };

  return (
    <div className={classes['hold']}>
      {above > 0 && newestFirst ? (
        <button
          type="button"
          className={classes['above']}
          onClick={() => scroller.current?.scrollTo({ top: 0, behavior: 'smooth' })}
        >
          {text.list.above(above)}
        </button>
      ) : null}
      <div
        ref={scroller}
        className={classes['scroller']}
        onScroll={() => {
          remember();
          onScroll();
        }}
      >
        <ul ref={rows} className={classes['rows']}>
          {leads.map((lead) => (
            <Row
              key={lead.id}
              lead={lead}
              on={lead.id === opened}
              fresh={list.fresh.has(lead.id)}
              selected={selection?.ids.has(lead.id)}
              onSelect={(through) =>
                onSelect((now) =>
                  through
                    ? selectTo(
                        now,
                        leads.map(({ id }) => id),
                        lead.id,
                      )
                    : toggle(now, lead.id),
                )
              }
            />
          ))}
        </ul>
        {!list.more ? null : (
          <div className={classes['more']}>
            <span className="muted num">{text.list.shown(leads.length, list.total)}</span>
            <Button variant="default" loading={loadingMore} onClick={() => void more()}>
              {text.list.more}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
};

const Row = ({
  lead,
  on,
  fresh,
  selected,
  onSelect,
}: {
  lead: LeadRow;
  on: boolean;
  fresh: boolean;
  /** Undefined where nothing can be selected. */
  selected: boolean | undefined;
  /** `through` everything from the last choice to this one. */
  onSelect: (through: boolean) => void;
}) => {
  const { preferred } = lead.safeContact;
  const aside =
    lead.outcome !== null ? text.outcome[lead.outcome] : preferred === null ? null : text.list.prefers[preferred];
  return (
    <li data-row={lead.id} className={classes['item']} data-selected={selected || undefined}>
      {selected === undefined ? null : (
        <Checkbox
          size="24px"
          className={classes['choose'] ?? ''}
          aria-label={bulkText.select(lead.reference)}
          checked={selected}
          onChange={({ nativeEvent }) => onSelect(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
        />
      )}
      <Link
        to="/leads/$id"
        params={{ id: lead.id }}
        search={true}
        data-lead={lead.id}
        data-fresh={fresh || undefined}
        aria-current={on ? 'true' : undefined}
        className={classes['row']}
      >
        <span className={classes['line']}>
          <span className={classes['name']}>
            {fresh ? (
              <i className={classes['dot']} role="img" aria-label={text.list.fresh} title={text.list.fresh} />
            ) : null}
            <b className="clip" data-erased={lead.erasedAt !== null || undefined}>
              {lead.name}
            </b>
          </span>
          <span className={classes['chips']}>
            {lead.priority === 'URGENT' ? <Chip tone="bad">{text.urgent}</Chip> : null}
            <ClockChip lead={lead} />
          </span>
        </span>
        <span className={classes['line']}>
          <span className="clip">
            {text.relationship[lead.relationship]}
            {aside === null ? null : ` · ${aside}`}
          </span>
          <span className={classes['when']}>
            <RelativeTime at={lead.receivedAt} />
          </span>
        </span>
        <span className={classes['line']}>
          <span className={`${classes['source']} clip`} title={lead.sourcePath ?? undefined}>
            {isByPhone(lead) ? text.byPhone : (lead.sourceTitle ?? lead.sourcePath)}
            {lead.placement === null ? null : ` · ${lead.placement}`}
          </span>
          <span className={classes['who']}>
            {lead.suspectedSpam ? <Chip plain>{text.list.spam}</Chip> : null}
            <StatusChip status={lead.status} />
            {lead.assignee === null ? (
              <span className="visually-hidden">{text.list.unassigned}</span>
            ) : (
              <Avatar name={lead.assignee.name} label />
            )}
          </span>
        </span>
      </Link>
    </li>
  );
};

/** How many came while the top of the list is out of sight; none once one has looked. */
const useArrivalsAbove = (scroller: RefObject<HTMLElement | null>, arrivals: List['arrivals']) => {
  const [above, setAbove] = useState(0);
  const seen = useRef(arrivals.turn);
  useEffect(() => {
    if (arrivals.turn === seen.current) return;
    seen.current = arrivals.turn;
    if ((scroller.current?.scrollTop ?? 0) > 0) setAbove((count) => count + arrivals.count);
  }, [arrivals, scroller]);
  const onScroll = () => {
    if (scroller.current?.scrollTop === 0) setAbove(0);
  };
  return { above, onScroll };
};
