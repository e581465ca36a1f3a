import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useMatch, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { Chip } from '~/ui/Chip';
import { Key } from '~/ui/Key';
import { lazyPart } from '~/ui/lazyPart';
import { useShortcuts } from '~/ui/shortcuts';
import { EmptyState, SkeletonRows } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { text as boardText } from './board/text';
import { noSelection, selectTo, toggle } from './bulk/select';
import { text as bulkText } from './bulk/text';
import { standsIn } from './byPhone';
import { timeOfDay } from './clock';
import { ExportMenu } from './export/ExportMenu';
import { isNarrowed, type LeadSearch, nothing, readNarrowing, wantedBy, writeNarrowing } from './filter/narrowing';
import classes from './Inbox.module.css';
import { LeadDetail } from './LeadDetail';
import { LeadList } from './LeadList';
import { neighbour } from './list';
import { type Lead, LeadCountsQuery } from './queries';
import { text } from './text';
import { boardSize, listSize, useLeadList } from './useLeadList';
import { useTakeNext } from './useTakeNext';

const DeskStrip = lazyPart(async () => (await import('./shift/DeskStrip')).DeskStrip);
const Board = lazyPart(async () => (await import('./board/Board')).Board);
const FilterBar = lazyPart(async () => (await import('./filter/FilterBar')).FilterBar);
const CallDialog = lazyPart(async () => (await import('./CallDialog')).CallDialog);

/** Who wrote, on the left; what is being done for one of them, on the right. */
export const Inbox = () => (useCan('LIST_LEADS') ? <OpenInbox /> : <NotForRole />);

const NotForRole = () => {
  useTitle(text.title);
  return (
    <>
      <Bar title={text.title} />
      <EmptyState title={text.forbidden.title}>{text.forbidden.body}</EmptyState>
    </>
  );
};

const OpenInbox = () => {
  const mayWork = useCan('WORK_LEADS');
  const mayExport = useCan('EXPORT_LEADS');
  const search = useSearch({ from: '/shell/leads' });
  const wanted = wantedBy(search, mayWork);
  const { view } = wanted;
  const opened = useMatch({ from: '/shell/leads/$id', shouldThrow: false })?.params.id;
  const navigate = useNavigate();
  const isBoard = search.mode === 'board' && opened === undefined;
  const { list, renew, extend, changed } = useLeadList(wanted, opened, isBoard ? boardSize : listSize);
  const narrowed = isNarrowed(readNarrowing(search, mayWork));
  const look = (next: LeadSearch) =>
    void navigate({
      ...(opened === undefined ? { to: '/leads' } : { to: '/leads/$id', params: { id: opened } }),
      search: next,
    });
  // The shell renews these numbers; here they are only read.
  const [{ data: counted }] = useQuery({ query: LeadCountsQuery, requestPolicy: 'cache-first' });
  const rows = useRef<HTMLUListElement>(null);
  const detail = useRef<HTMLElement>(null);
  useFollowFocus(opened, rows, detail);

  const open = (id: string | null | undefined) => {
    if (id == null) return;
    void navigate({ to: '/leads/$id', params: { id }, search: true, replace: opened !== undefined });
  };
  const next = useTakeNext((lead) => {
    changed(lead);
    renew();
    open(lead.id);
  });
  const [calling, setCalling] = useState(false);
  // Somebody who calls does not wait for it, and may call while the server is away.
  useEffect(() => {
    if (mayWork) CallDialog.fetch();
  }, [mayWork]);
  const taken = (lead: Lead) => {
    setCalling(false);
    changed(lead);
    renew();
    const stands = standsIn(view, lead) && !narrowed;
    void navigate({
      to: '/leads/$id',
      params: { id: lead.id },
      search: stands ? true : {},
      replace: opened !== undefined,
    });
  };
  const move = (step: 1 | -1) => {
    if (opened === undefined) moveFocus(rows.current, step);
    else open(neighbour(list.leads ?? [], opened, step));
  };
  const [selection, setSelection] = useState(noSelection);
  // Another view, filter or order is another list.
  const [selectedIn, setSelectedIn] = useState(list.asked);
  if (selectedIn !== list.asked) {
    setSelectedIn(list.asked);
    setSelection(noSelection);
  }
  const shown = list.leads?.map(({ id }) => id) ?? [];
  /** The row that has the keyboard, or the lead that is open. */
  const select = (change: typeof toggle) => {
    const row = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? opened;
    if (row !== undefined && shown.includes(row)) setSelection((now) => change(now, row));
  };
  useShortcuts(text.shortcuts.list, [
    { key: 'j', label: text.shortcuts.next, run: () => move(1) },
    { key: 'k', label: text.shortcuts.previous, run: () => move(-1) },
    {
      key: 'Enter',
      label: text.shortcuts.open,
      run: () => (opened === undefined ? open(list.leads?.[0]?.id) : detail.current?.focus()),
    },
    ...(mayWork
      ? [
          { key: 'x', label: bulkText.shortcuts.toggle, run: () => select(toggle) },
          { key: 'Shift+X', label: bulkText.shortcuts.range, run: () => select((now, id) => selectTo(now, shown, id)) },
          { key: 't', label: text.shortcuts.takeNext, run: () => void next.take() },
          { key: 'l', label: text.shortcuts.newLead, run: () => setCalling(true) },
        ]
      : []),
  ]);

  const urgent = counted?.leadCounts.urgent ?? 0;
  return (
    <div
      className={classes['inbox']}
      data-open={opened !== undefined || undefined}
      data-mode={search.mode}
      data-stale={list.failure !== null || undefined}
    >
      <Bar
        title={text.title}
        back={
          <span className={classes['back']}>
            <ActionIcon
              aria-label={search.mode === 'board' ? boardText.back : text.back}
              renderRoot={(props) => <Link to="/leads" search={true} {...props} />}
            >
              <IconArrowLeft size={20} stroke={1.8} />
            </ActionIcon>
          </span>
        }
        end={
          <>
            <span role="status" className={classes['state']}>
              {list.leads === null ? null : list.failure === null ? (
                <span className={classes['live']} title={text.liveHelp}>
                  <span>{text.live}</span>
                </span>
              ) : (
                <Chip tone="warn">{text.list.stale(timeOfDay(list.confirmedAt))}</Chip>
              )}
            </span>
            {mayWork ? (
              <Button variant="default" className={classes['call'] ?? ''} onClick={() => setCalling(true)}>
                {text.newLead}
                <Key>L</Key>
              </Button>
            ) : null}
            {mayWork ? (
              // With a lead open, the next step is with that one.
              <Button
                variant={opened === undefined ? 'filled' : 'default'}
                className={classes['next'] ?? ''}
                loading={next.busy}
                onClick={() => void next.take()}
              >
                {text.takeNext.label}
                <Key>T</Key>
              </Button>
            ) : null}
            {mayExport && opened === undefined ? <ExportMenu /> : null}
          </>
        }
      >
        {urgent > 0 ? (
          <span className={classes['urgent']}>
            <Chip tone="bad">{text.urgentCount(urgent)}</Chip>
          </span>
        ) : null}
      </Bar>
      <div className={classes['split']}>
        <LeadList
          list={list}
          opened={opened}
          counts={counted?.leadCounts}
          mayWork={mayWork}
          rows={rows}
          top={
            mayWork ? (
              <Suspense>
                <DeskStrip />
              </Suspense>
            ) : null
          }
          filters={
            <Suspense fallback={<div className={classes['filters']} />}>
              <FilterBar
                search={search}
                mayWork={mayWork}
                total={list.leads === null ? null : list.total}
                onSearch={look}
              />
            </Suspense>
          }
          narrowed={narrowed}
          search={search}
          onAll={() => look(writeNarrowing(search, nothing))}
          instead={
            isBoard
              ? (leads) => (
                  <Suspense fallback={<SkeletonRows rows={7} height={85} />}>
                    <Board
                      list={list}
                      leads={leads}
                      mayWork={mayWork}
                      rows={rows}
                      onMoved={(lead) => {
                        changed(lead);
                        renew();
                      }}
                      onStale={renew}
                      onMore={extend}
                    />
                  </Suspense>
                )
              : undefined
          }
          selection={mayWork ? selection : undefined}
          onSelect={setSelection}
          onRetry={renew}
          onMore={extend}
        />
        <section ref={detail} className={classes['detail']} aria-label={text.lead.label} tabIndex={-1} hidden={isBoard}>
          {opened === undefined ? (
            <NoneOpen />
          ) : (
            <LeadDetail
              key={opened}
              id={opened}
              mayWork={mayWork}
              onChanged={(lead) => {
                changed(lead);
                renew();
              }}
            />
          )}
        </section>
      </div>
      {calling ? (
        <Suspense>
          <CallDialog onTaken={taken} onClose={() => setCalling(false)} />
        </Suspense>
      ) : null}
      <div role="status" className="visually-hidden">
        {list.arrivals.count === 0 ? null : (
          <span key={list.arrivals.turn}>{text.list.arrived(list.arrivals.count, list.arrivals.urgent)}</span>
        )}
      </div>
    </div>
  );
};

const NoneOpen = () => {
  useTitle(text.title);
  return (
    <div className={classes['none']}>
      <h2>{text.none.title}</h2>
      <p>{text.none.body}</p>
      <p className={classes['keys']}>
        <Key>J</Key>
        <Key>K</Key>
      </p>
    </div>
  );
};

/** Into the lead when one is opened, back to its row when the list returns. */
const useFollowFocus = (
  opened: string | undefined,
  rows: React.RefObject<HTMLUListElement | null>,
  detail: React.RefObject<HTMLElement | null>,
) => {
  const before = useRef(opened);
  useEffect(() => {
    const left = before.current;
    before.current = opened;
    if (left === opened) return;
    if (opened !== undefined) detail.current?.focus({ preventScroll: true });
    else if (left !== undefined) rowOf(rows.current, left)?.focus();
  }, [opened, rows, detail]);
};

const rowOf = (list: HTMLElement | null, id: string): HTMLElement | null =>
  list?.querySelector<HTMLElement>(`[data-lead="${CSS.escape(id)}"]`) ?? null;

const moveFocus = (list: HTMLElement | null, step: 1 | -1) => {
  const links = [...(list?.querySelectorAll<HTMLElement>('[data-lead]') ?? [])];
  const place = links.findIndex((link) => link.matches(':focus'));
  links[place < 0 ? 0 : Math.max(0, Math.min(links.length - 1, place + step))]?.focus();
};
