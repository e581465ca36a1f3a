import { Combobox, useCombobox } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { type ReactElement, useEffect, useId, useState } from 'react';
import { useTypedAhead } from '~/ui/typeAhead';
import type { Kind } from './definition';
import classes from './InsertMenu.module.css';
import { iconOf } from './icons';
import { byRecency, keepRecent, readRecent } from './recentKinds';
import { text } from './text';

const matches = (kind: Kind, query: string) =>
  `${kind.title} ${kind.kind} ${kind.description}`.toLowerCase().includes(query.trim().toLowerCase());

/** Those whose name is what was typed come before those that only speak of it. */
const byName = (query: string) => {
  const typed = query.trim().toLowerCase();
  const rank = ({ title }: Kind) => {
    const place = title.toLowerCase().indexOf(typed);
    return place === 0 ? 0 : place > 0 ? 1 : 2;
  };
  return (one: Kind, other: Kind) => (typed === '' ? 0 : rank(one) - rank(other));
};

/** Every kind of block with what it is good for, the recent ones first, searched by typing. Opened as long as it is mounted. */
export const InsertMenu = ({
  kinds,
  onPick,
  onClose,
  children,
}: {
  kinds: readonly Kind[];
  onPick: (kind: Kind) => void;
  /** Nothing was picked; what was typed may be wanted elsewhere. */
  onClose: (typed: string, by: 'key' | 'press') => void;
  /** What it hangs on. */
  children: ReactElement;
}) => {
  const [query, setQuery] = useState('');
  const combobox = useCombobox({ opened: true, onDropdownClose: () => onClose(query, 'press') });
  // Before the menu itself, which would not say that it was a key.
  useWindowEvent(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      onClose(query, 'key');
    },
    true,
  );
  const listId = useId();
  const field = useTypedAhead(setQuery);
  const [known] = useState(readRecent);
  const { recent, others } = byRecency(kinds, query.trim() === '' ? known : []);
  const offered = [...recent, ...others].filter((kind) => matches(kind, query)).sort(byName(query));
  const { selectFirstOption } = combobox;
  const first = offered[0]?.kind;
  useEffect(() => {
    if (first === undefined) return;
    // The options of a menu that has just opened are there a frame later.
    const frame = requestAnimationFrame(() => selectFirstOption());
    return () => cancelAnimationFrame(frame);
  }, [first, selectFirstOption]);
  return (
    <Combobox
      store={combobox}
      width={340}
      position="bottom"
      withinPortal
      onOptionSubmit={(chosen) => {
        const kind = kinds.find((each) => each.kind === chosen);
        if (kind === undefined) return;
        keepRecent(kind.kind);
        onPick(kind);
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        {children}
      </Combobox.Target>
      <Combobox.Dropdown onKeyDown={(event) => event.stopPropagation()}>
        <Combobox.Search
          ref={field}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-label={text.insert.search}
          placeholder={text.insert.search}
          value={query}
          onChange={({ currentTarget }) => setQuery(currentTarget.value)}
        />
        <Combobox.Options id={listId} className={classes['options']} aria-label={text.insert.add}>
          {recent.length === 0 ? (
            offered.map((kind) => <Option key={kind.kind} kind={kind} />)
          ) : (
            <>
              <Combobox.Group label={text.insert.recent}>
                {recent.map((kind) => (
                  <Option key={kind.kind} kind={kind} />
                ))}
              </Combobox.Group>
              <Combobox.Group label={text.insert.others}>
                {others.map((kind) => (
                  <Option key={kind.kind} kind={kind} />
                ))}
              </Combobox.Group>
            </>
          )}
          {offered.length === 0 && <Combobox.Empty>{text.insert.nothing}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
};

const Option = ({ kind }: { kind: Kind }) => {
  const Icon = iconOf(kind.icon);
  return (
    <Combobox.Option value={kind.kind} className={classes['option']}>
      <Icon size={17} stroke={1.6} aria-hidden />
      <span>
        <span className={classes['title']}>{kind.title}</span>
        <span className={classes['description']}>{kind.description}</span>
      </span>
    </Combobox.Option>
  );
};
