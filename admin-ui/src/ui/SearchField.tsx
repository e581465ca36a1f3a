import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import list from './rows.module.css';
import { useShortcuts } from './shortcuts';

/** What is typed goes into the address a moment after the last letter. */
export const SearchField = ({
  label,
  query,
  onQuery,
}: {
  label: string;
  query: string;
  onQuery: (query: string) => void;
}) => {
  const [typed, setTyped] = useState(query);
  const input = useRef<HTMLInputElement>(null);
  const send = useRef(onQuery);
  useEffect(() => {
    send.current = onQuery;
  });
  useEffect(() => {
    if (typed === query) return;
    const timer = setTimeout(() => send.current(typed), 250);
    return () => clearTimeout(timer);
  }, [typed, query]);
  useShortcuts('This list', [{ key: '/', label, run: () => input.current?.focus() }]);
  return (
    <search className={list['search']}>
      <TextInput
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        leftSection={<IconSearch size={16} stroke={1.6} />}
        value={typed}
        maxLength={200}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </search>
  );
};
