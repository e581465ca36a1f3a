import { NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { text as mediaText } from '~/media/text';
import { useShortcuts } from '~/ui/shortcuts';
import classes from './MediaFilters.module.css';
import { TagsQuery } from './queries';
import type { MediaSearch, MediaView } from './search';
import { text } from './text';

const views: readonly (MediaView | undefined)[] = [undefined, 'missing', 'unused', 'trash'];

/** Which pictures are shown; it lives in the address. */
export const MediaFilters = ({ search, onSearch }: { search: MediaSearch; onSearch: (next: MediaSearch) => void }) => {
  const { q = '', view, tag } = search;
  const [typed, setTyped] = useState(q);
  const input = useRef<HTMLInputElement>(null);
  const sent = useRef(q);
  const send = useRef((_: string) => {});
  const [{ data }] = useQuery({ query: TagsQuery });
  useEffect(() => {
    send.current = (words) => onSearch({ ...search, q: words === '' ? undefined : words });
  });
  useEffect(() => {
    // Back and forward change the address without typing.
    if (q === sent.current) return;
    sent.current = q;
    setTyped(q);
  }, [q]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      send.current(typed);
    }, 250);
    return () => clearTimeout(timer);
  }, [typed]);
  useShortcuts(text.shortcuts, [{ key: '/', label: mediaText.search, run: () => input.current?.focus() }]);
  const tags = data?.mediaTags ?? [];
  return (
    <search className={classes['filters']}>
      <TextInput
        ref={input}
        type="search"
        aria-label={mediaText.search}
        placeholder={mediaText.search}
        leftSection={<IconSearch size={16} stroke={1.6} />}
        value={typed}
        maxLength={200}
        className={classes['search']}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <fieldset className={classes['tabs']}>
        <legend className="visually-hidden">{text.filters.status}</legend>
        {views.map((each) => (
          <button
            key={each ?? 'all'}
            type="button"
            aria-pressed={view === each}
            className={classes['tab']}
            onClick={() => onSearch({ ...search, view: each })}
          >
            {text.filters[each ?? 'all']}
          </button>
        ))}
      </fieldset>
      {(tags.length > 0 || tag !== undefined) && (
        <NativeSelect
          aria-label={text.filters.tag}
          value={tag ?? ''}
          data={[
            { value: '', label: text.filters.anyTag },
            ...[...new Set([...tags, ...(tag === undefined ? [] : [tag])])].map((each) => ({
              value: each,
              label: each,
            })),
          ]}
          onChange={({ currentTarget }) =>
            onSearch({ ...search, tag: currentTarget.value === '' ? undefined : currentTarget.value })
          }
        />
      )}
    </search>
  );
};
