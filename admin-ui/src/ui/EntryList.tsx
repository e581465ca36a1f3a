import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Avatar } from './Avatar';
import classes from './EntryList.module.css';
import { type EntryStatus, EntryStatusChips, statusWords } from './EntryStatus';
import { RelativeTime } from './RelativeTime';
import list from './rows.module.css';
import { useShortcuts } from './shortcuts';

export type EntryRow = {
  id: string;
  title: string;
  path: string;
  status: EntryStatus;
  updatedAt: string;
  updatedBy: { name: string } | null;
  /** Its latest draft. */
  draftId: string | null;
  /** What stands between that and publishing it. */
  checkCount: CheckCount;
};

type CheckCount = { blocking: number; warnings: number };

/** What is chosen of a list, and how that is told. */
export type Selection = {
  chosen: ReadonlySet<string>;
  /** Of many rows, “all” are the first of them. */
  most: number;
  onChange: (chosen: ReadonlySet<string>) => void;
};

export const entrySorts = ['UPDATED', 'TITLE', 'PATH'] as const;
export type EntrySort = (typeof entrySorts)[number];

/** What a list shows, as it stands in the address; what is left out is as it is at first. */
export type ListSearch = {
  q?: string | undefined;
  status?: EntryStatus | undefined;
  sort?: Exclude<EntrySort, 'UPDATED'> | undefined;
  mine?: true | undefined;
  /** Only what is to be published or taken back at a time. */
  planned?: true | undefined;
  /** Only those whose draft has findings of this weight. */
  checks?: Finding | undefined;
  /** Only pages of this sort. */
  kind?: PageKind | undefined;
};

export const findings = ['BLOCKS', 'WARNS'] as const;
export type Finding = (typeof findings)[number];

const findingWords: Record<Finding, string> = { BLOCKS: 'To mend first', WARNS: 'Worth a look' };

const countWords = ({ blocking, warnings }: CheckCount): string => {
  if (blocking > 0) return `${blocking} to mend`;
  return warnings > 0 ? `${warnings} worth a look` : '';
};

export const pageKinds = ['ARTICLE', 'STANDARD', 'LANDING', 'HOME'] as const;
export type PageKind = (typeof pageKinds)[number];

const pageKindWords: Record<PageKind, string> = {
  ARTICLE: 'Articles',
  STANDARD: 'Standard pages',
  LANDING: 'Landing pages',
  HOME: 'Home',
};

const sortWords: Record<EntrySort, string> = { UPDATED: 'Last changed', TITLE: 'Title', PATH: 'Address' };

const filters: (EntryStatus | undefined)[] = [undefined, 'LIVE', 'LIVE_WITH_CHANGES', 'DRAFT'];

/** Search and status, both handed up so that they live in the address. */
export const EntryFilters = ({
  label,
  search,
  onSearch,
  sorts = [],
  views,
}: {
  label: string;
  search: ListSearch;
  onSearch: (next: ListSearch) => void;
  /** The sorts that can be told apart, where there are several. */
  sorts?: readonly PageKind[];
  /** The views that are kept of this list. */
  views?: ReactNode;
}) => {
  const { q: query = '', status, sort = 'UPDATED', mine, planned, checks, kind } = search;
  const [typed, setTyped] = useState(query);
  const input = useRef<HTMLInputElement>(null);
  const sent = useRef(query);
  const send = useRef((_: string) => {});
  useEffect(() => {
    send.current = (q) => onSearch({ ...search, q: q === '' ? undefined : q });
  });
  useEffect(() => {
    // Back and forward change the address without typing.
    if (query !== sent.current) {
      sent.current = query;
      setTyped(query);
    }
  }, [query]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      send.current(typed);
    }, 250);
    return () => clearTimeout(timer);
  }, [typed]);
  useShortcuts('This list', [{ key: '/', label, run: () => input.current?.focus() }]);

  return (
    <search className={classes['filters']}>
      <TextInput
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        leftSection={<IconSearch size={16} stroke={1.6} />}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
        className={classes['search']}
      />
      <fieldset className={classes['tabs']}>
        <legend className="visually-hidden">Status</legend>
        {filters.map((each) => (
          <button
            key={each ?? 'all'}
            type="button"
            aria-pressed={status === each}
            className={classes['tab']}
            onClick={() => onSearch({ ...search, status: each })}
          >
            {each === undefined ? 'All' : statusWords[each]}
          </button>
        ))}
      </fieldset>
      <span className={classes['narrowing']}>
        <Checkbox
          label="Mine"
          checked={mine === true}
          onChange={({ currentTarget }) => onSearch({ ...search, mine: currentTarget.checked || undefined })}
        />
        <Checkbox
          label="Planned"
          checked={planned === true}
          onChange={({ currentTarget }) => onSearch({ ...search, planned: currentTarget.checked || undefined })}
        />
        <NativeSelect
          aria-label="Findings"
          value={checks ?? ''}
          data={[
            { value: '', label: 'Any findings' },
            ...findings.map((value) => ({ value, label: findingWords[value] })),
          ]}
          onChange={({ currentTarget }) => {
            onSearch({ ...search, checks: findings.find((each) => each === currentTarget.value) });
          }}
        />
        {sorts.length > 0 && (
          <NativeSelect
            aria-label="Kind of page"
            value={kind ?? ''}
            data={[
              { value: '', label: 'Every kind' },
              ...sorts.map((value) => ({ value, label: pageKindWords[value] })),
            ]}
            onChange={({ currentTarget }) => {
              onSearch({ ...search, kind: sorts.find((each) => each === currentTarget.value) });
            }}
          />
        )}
        <NativeSelect
          aria-label="Order"
          value={sort}
          data={entrySorts.map((value) => ({ value, label: sortWords[value] }))}
          onChange={({ currentTarget }) => {
            const next = currentTarget.value as EntrySort;
            onSearch({ ...search, sort: next === 'UPDATED' ? undefined : next });
          }}
        />
        {views}
      </span>
    </search>
  );
};

/** Rows from which only those in sight are drawn. */
const manyRows = 120;
const rowHeight = 57;
/** How near to the end, in pixels, the next rows are fetched. */
const fetchedAhead = 600;

const scrollerOf = (element: HTMLElement | null): HTMLElement | null => {
  for (let up = element?.parentElement ?? null; up !== null; up = up.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(up).overflowY)) return up;
  }
  return document.scrollingElement as HTMLElement | null;
};

/** The rows of pages or therapies. `link` draws the title as a link of the caller's router. */
export const EntryTable = ({
  caption,
  rows,
  total,
  more,
  loadingMore,
  onMore,
  link,
  selection,
}: {
  caption: string;
  rows: EntryRow[];
  total: number;
  more: boolean;
  loadingMore: boolean;
  onMore: () => void;
  link: (row: EntryRow, className: string) => ReactNode;
  /** Where nothing can be done with several, nothing is chosen. */
  selection: Selection | undefined;
}) => {
  const table = useRef<HTMLTableElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    enabled: rows.length > manyRows,
    getScrollElement: () => scrollerOf(table.current),
    estimateSize: () => rowHeight,
    getItemKey: (place) => rows[place]?.id ?? place,
    overscan: 12,
  });
  const windowed = rows.length > manyRows;
  const items = virtual.getVirtualItems();
  const first = windowed ? (items[0]?.index ?? 0) : 0;
  const last = windowed ? (items.at(-1)?.index ?? manyRows) : rows.length - 1;
  const before = windowed ? (items[0]?.start ?? 0) : 0;
  const after = windowed ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;

  const known = rows.length;
  const next = useRef(onMore);
  useEffect(() => {
    next.current = onMore;
  });
  useEffect(() => {
    // Nearly at the end, the next rows are fetched; the button is for those who come by keyboard. Looked at anew after
    // each answer, and by place: an IntersectionObserver misses an end that moves away and is scrolled to in one frame.
    const root = scrollerOf(table.current);
    if (!more || loadingMore || known === 0 || root === null) return;
    const look = () => {
      const left = root.scrollHeight - root.scrollTop - root.clientHeight;
      if (root.clientHeight > 0 && left < fetchedAhead) next.current();
    };
    look();
    window.addEventListener('scroll', look, { capture: true, passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look, { capture: true });
      window.removeEventListener('resize', look);
    };
  }, [more, loadingMore, known]);

  const step = (by: 1 | -1) => {
    const links = [...(table.current?.querySelectorAll<HTMLAnchorElement>('tbody a') ?? [])];
    const here = links.indexOf(document.activeElement as HTMLAnchorElement);
    const there = links[here === -1 ? (by === 1 ? 0 : links.length - 1) : here + by];
    there?.focus();
    there?.scrollIntoView({ block: 'nearest' });
  };
  const lastChosen = useRef<number | null>(null);
  const choose = (place: number, on: boolean, range: boolean) => {
    if (selection === undefined) return;
    const from = range && lastChosen.current !== null ? lastChosen.current : place;
    const next = new Set(selection.chosen);
    for (const { id } of rows.slice(Math.min(from, place), Math.max(from, place) + 1)) {
      if (on) next.add(id);
      else next.delete(id);
    }
    lastChosen.current = place;
    selection.onChange(next);
  };
  const chooseHere = () => {
    const row = document.activeElement?.closest<HTMLElement>('tr[data-place]');
    const place = Number(row?.dataset['place']);
    const id = rows[place]?.id;
    if (row != null && id !== undefined) choose(place, !selection?.chosen.has(id), false);
  };
  const choosable = rows.slice(0, selection?.most);
  const allChosen = choosable.length > 0 && choosable.every(({ id }) => selection?.chosen.has(id));
  const someChosen = (selection?.chosen.size ?? 0) > 0 && !(allChosen && choosable.length === rows.length);
  useShortcuts('This list', [
    ...(selection === undefined ? [] : [{ key: 'x', label: 'Choose the row', run: chooseHere }]),
    { key: 'j', label: 'Next row', run: () => step(1) },
    { key: 'k', label: 'Previous row', run: () => step(-1) },
  ]);

  return (
    <>
      <table ref={table} className={classes['table']} aria-rowcount={total + 1}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {selection !== undefined && (
              <th scope="col" className={classes['choose']}>
                <Checkbox
                  aria-label="Choose all that are shown"
                  checked={allChosen}
                  indeterminate={someChosen}
                  onChange={({ currentTarget }) =>
                    selection.onChange(new Set(currentTarget.checked ? choosable.map(({ id }) => id) : []))
                  }
                />
              </th>
            )}
            <th scope="col">Title</th>
            <th scope="col" className={classes['status']}>
              Status
            </th>
            <th scope="col" className={`${classes['wide']} ${classes['when']}`}>
              Updated
            </th>
            <th scope="col" className={`${classes['wide']} ${classes['who']}`}>
              By
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {rows.slice(first, last + 1).map((row, place) => (
            <tr
              key={row.id}
              aria-rowindex={first + place + 2}
              data-place={first + place}
              data-chosen={selection?.chosen.has(row.id) || undefined}
            >
              {selection !== undefined && (
                <td className={classes['choose']}>
                  <Checkbox
                    aria-label={`Choose “${row.title}”`}
                    checked={selection.chosen.has(row.id)}
                    onChange={({ currentTarget, nativeEvent }) =>
                      choose(
                        first + place,
                        currentTarget.checked,
                        nativeEvent instanceof MouseEvent && nativeEvent.shiftKey,
                      )
                    }
                  />
                </td>
              )}
              <td className={classes['what']}>
                {link(row, list['name'] ?? '')}
                <span className={`${list['detail']} clip`}>
                  {row.path}
                  {countWords(row.checkCount) !== '' && (
                    <span data-blocking={row.checkCount.blocking > 0 || undefined} className={classes['found']}>
                      {' · '}
                      {countWords(row.checkCount)}
                    </span>
                  )}
                  <span className={classes['phone']}>
                    {' · '}
                    <RelativeTime at={row.updatedAt} />
                  </span>
                </span>
              </td>
              <td className={classes['status']}>
                <EntryStatusChips status={row.status} />
              </td>
              <td className={`${classes['wide']} ${classes['when']}`}>
                <RelativeTime at={row.updatedAt} />
              </td>
              <td className={`${classes['wide']} ${classes['who']}`}>
                {row.updatedBy === null ? (
                  <span className="muted">–</span>
                ) : (
                  <span className={classes['person']}>
                    <Avatar name={row.updatedBy.name} />
                    <span className="clip" title={row.updatedBy.name}>
                      {row.updatedBy.name}
                    </span>
                  </span>
                )}
              </td>
            </tr>
          ))}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
      {more ? (
        <div className={list['more']}>
          <span className="muted num">
            {rows.length} of {total}
          </span>
          <Button variant="default" loading={loadingMore} onClick={onMore}>
            Show more
          </Button>
        </div>
      ) : null}
    </>
  );
};

/** The room of the rows that are out of sight. */
const Gap = ({ height }: { height: number }) => (
  <tr style={{ height }}>
    <td colSpan={5} />
  </tr>
);
