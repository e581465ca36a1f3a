import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Avatar } from './Avatar';
import classes from './EntryList.module.css';
import { type EntryStatus, EntryStatusChips, statusWords } from './EntryStatus';
import { RelativeTime } from './RelativeTime';
import { useShortcuts } from './shortcuts';

export type EntryRow = {
  id: string;
  title: string;
  path: string;
  status: EntryStatus;
  updatedAt: string;
  updatedBy: { name: string } | null;
};

const filters: (EntryStatus | undefined)[] = [undefined, 'LIVE', 'LIVE_WITH_CHANGES', 'DRAFT'];

/** Search and status, both handed up so that they live in the address. */
export const EntryFilters = ({
  label,
  query,
  status,
  onQuery,
  onStatus,
}: {
  label: string;
  query: string;
  status: EntryStatus | undefined;
  onQuery: (query: string) => void;
  onStatus: (status: EntryStatus | undefined) => void;
}) => {
  const [typed, setTyped] = useState(query);
  const input = useRef<HTMLInputElement>(null);
  const sent = useRef(query);
  const send = useRef(onQuery);
  useEffect(() => {
    send.current = onQuery;
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
        <legend className={classes['hidden']}>Status</legend>
        {filters.map((each) => (
          <button
            key={each ?? 'all'}
            type="button"
            aria-pressed={status === each}
            className={classes['tab']}
            onClick={() => onStatus(each)}
          >
            {each === undefined ? 'All' : statusWords[each]}
          </button>
        ))}
      </fieldset>
    </search>
  );
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
}: {
  caption: string;
  rows: EntryRow[];
  total: number;
  more: boolean;
  loadingMore: boolean;
  onMore: () => void;
  link: (row: EntryRow, className: string) => ReactNode;
}) => (
  <>
    <table className={classes['table']}>
      <caption className={classes['hidden']}>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Title</th>
          <th scope="col">Status</th>
          <th scope="col" className={classes['wide']}>
            Updated
          </th>
          <th scope="col" className={classes['wide']}>
            By
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className={classes['what']}>
              {link(row, classes['title'] ?? '')}
              <span className={`${classes['path']} clip`}>
                {row.path}
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
      </tbody>
    </table>
    {more ? (
      <div className={classes['more']}>
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
