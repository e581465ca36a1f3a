import { ActionIcon, Combobox, Input, InputBase, Loader, useCombobox } from '@mantine/core';
import { IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './EntityPicker.module.css';
import { useNewTarget } from './newTarget';
import { SortableHandle, useSortable } from './Sortable';
import { nameOf, type Target, type TargetKind, useTarget, useTargets } from './targets';
import { useWaitingEnter } from './waitingEnter';

type Found = { query: string; targets: Target[] } | 'failed' | null;

/** What matches `query` among `kinds`, a moment after the last letter. */
export const useTargetSearch = (kinds: readonly TargetKind[], query: string, active: boolean) => {
  const store = useTargets();
  const [found, setFound] = useState<Found>(null);
  const asked = kinds.join();
  useEffect(() => {
    if (!active) return;
    let wanted = true;
    const timer = setTimeout(
      () => {
        store.search(asked.split(',') as TargetKind[], query.trim()).then(
          (targets) => wanted && setFound({ query, targets }),
          () => wanted && setFound('failed'),
        );
      },
      query === '' ? 0 : 180,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [store, asked, query, active]);
  return {
    targets: found === null || found === 'failed' ? [] : found.targets,
    failed: found === 'failed',
    loading: active && (found === null || (found !== 'failed' && found.query !== query)),
  };
};

export const TargetLine = ({ target }: { target: Target }) => (
  <span className={classes['line']}>
    <span className={classes['label']}>{target.label}</span>
    <span className={classes['detail']}>
      {target.detail}
      {!target.published && <span className={classes['draft']}> · not public yet</span>}
    </span>
  </span>
);

const newWords = (noun: string, query: string) => (query === '' ? `New ${noun}…` : `New ${noun} “${query}”…`);

type SearchProps = {
  id?: string | undefined;
  kinds: readonly TargetKind[];
  placeholder: string;
  label: string;
  describedBy?: string | undefined;
  invalid?: boolean | undefined;
  without?: readonly string[];
  onPick: (target: Target) => void;
  /** What stands in the field while nobody types. */
  shown?: string;
  right?: ReactNode;
};

const Search = ({
  id,
  kinds,
  placeholder,
  label,
  describedBy,
  invalid,
  without = [],
  onPick,
  shown = '',
  right,
}: SearchProps) => {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [query, setQuery] = useState<string | null>(null);
  const open = combobox.dropdownOpened;
  const { targets, loading, failed } = useTargetSearch(kinds, query ?? '', open);
  const offered = targets.filter((target) => !without.includes(target.id));
  const store = useTargets();
  const fresh = useNewTarget();
  const makeable = kinds.filter((kind) => fresh?.nouns[kind] !== undefined);
  const { selectFirstOption } = combobox;
  const first = offered[0]?.id;
  useEffect(() => {
    if (open && query !== null && first !== undefined) selectFirstOption();
  }, [open, query, first, selectFirstOption]);
  const pick = (value: string) => {
    const made = makeable.find((kind) => value === `new ${kind}`);
    if (made !== undefined) {
      fresh?.make(made, query?.trim() ?? '', (target) => {
        store.put(target);
        onPick(target);
      });
    }
    const target = targets.find((candidate) => candidate.id === value);
    if (target !== undefined) onPick(target);
    setQuery(null);
    combobox.closeDropdown();
  };
  const enter = useWaitingEnter(loading && query !== null, () => {
    if (open && first !== undefined) pick(first);
  });
  return (
    <Combobox store={combobox} onOptionSubmit={pick} withinPortal>
      <Combobox.Target>
        <InputBase
          {...(id === undefined ? {} : { id })}
          value={query ?? shown}
          placeholder={placeholder}
          aria-label={label}
          aria-describedby={describedBy}
          error={invalid}
          autoComplete="off"
          leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
          rightSection={loading && open ? <Loader size={14} /> : right}
          rightSectionPointerEvents="auto"
          onClick={() => combobox.openDropdown()}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={() => {
            combobox.closeDropdown();
            setQuery(null);
          }}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onKeyDownCapture={enter.onKeyDownCapture}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && open) event.stopPropagation();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options className={classes['options']} aria-label={label}>
          {offered.map((target) => (
            <Combobox.Option key={target.id} value={target.id}>
              <TargetLine target={target} />
            </Combobox.Option>
          ))}
          {offered.length === 0 && (
            <Combobox.Empty>
              {failed ? 'The search did not answer. Type again.' : loading ? 'Searching…' : 'Nothing of that name.'}
            </Combobox.Empty>
          )}
          {makeable.map((kind) => (
            <Combobox.Option key={kind} value={`new ${kind}`} className={classes['new'] ?? ''}>
              <IconPlus size={15} stroke={1.6} aria-hidden />
              {newWords(fresh?.nouns[kind] ?? '', query?.trim() ?? '')}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
};

type Common = {
  id?: string | undefined;
  label: string;
  description?: ReactNode;
  error?: ReactNode;
  kinds: readonly TargetKind[];
};

/** Chooses one thing by name. `required` leaves out the way back to nothing. */
export const EntityPicker = ({
  value,
  onChange,
  required = false,
  ...field
}: Common & { value: string | null; onChange: (id: string | null) => void; required?: boolean }) => {
  const fallback = useId();
  const id = field.id ?? fallback;
  const target = useTarget(value);
  const shown = value === null ? '' : nameOf(target);
  const detail = typeof target === 'object' ? target.detail : '';
  return (
    <Input.Wrapper id={id} label={field.label} description={field.description} error={field.error}>
      <Search
        id={id}
        kinds={field.kinds}
        label={field.label}
        placeholder="Search by name"
        describedBy={
          [field.description && `${id}-description`, field.error && `${id}-error`].filter(Boolean).join(' ') ||
          undefined
        }
        invalid={Boolean(field.error)}
        shown={detail === '' ? shown : `${shown} · ${detail}`}
        onPick={(picked) => onChange(picked.id)}
        right={
          value !== null &&
          !required && (
            <ActionIcon size={24} aria-label={`Clear ${field.label}`} onClick={() => onChange(null)}>
              <IconX size={14} stroke={1.6} aria-hidden />
            </ActionIcon>
          )
        }
      />
    </Input.Wrapper>
  );
};

const Chosen = ({
  list,
  id,
  index,
  count,
  onMove,
  onRemove,
}: {
  list: string;
  id: string;
  index: number;
  count: number;
  onMove: (from: number, to: number) => void;
  onRemove: () => void;
}) => {
  const target = useTarget(id);
  const label = nameOf(target);
  const sortable = useSortable({ list, index, count, label, onMove });
  return (
    <li ref={sortable.item} {...sortable.attributes}>
      <div className={classes['chosen']}>
        <SortableHandle sortable={sortable} />
        {typeof target === 'object' ? <TargetLine target={target} /> : <span className={classes['line']}>{label}</span>}
        <ActionIcon size={28} aria-label={`Remove ${label}`} onClick={onRemove}>
          <IconX size={15} stroke={1.6} aria-hidden />
        </ActionIcon>
      </div>
    </li>
  );
};

/** Chooses several things by name, in an order. */
export const EntitiesPicker = ({
  value,
  onChange,
  ...field
}: Common & { value: readonly string[]; onChange: (ids: string[]) => void }) => {
  const fallback = useId();
  const id = field.id ?? fallback;
  const group = useRef<HTMLDivElement>(null);
  const onMove = (from: number, to: number) => {
    const moved = value[from];
    if (moved === undefined) return;
    onChange(value.toSpliced(from, 1).toSpliced(to, 0, moved));
  };
  return (
    <Input.Wrapper id={id} label={field.label} description={field.description} error={field.error}>
      <div ref={group}>
        {value.length > 0 && (
          <ul className={classes['list']}>
            {value.map((chosen, index) => (
              <Chosen
                key={chosen}
                list={id}
                id={chosen}
                index={index}
                count={value.length}
                onMove={onMove}
                onRemove={() => {
                  onChange(value.filter((other) => other !== chosen));
                  group.current?.querySelector<HTMLInputElement>('input')?.focus();
                }}
              />
            ))}
          </ul>
        )}
        <Search
          id={id}
          kinds={field.kinds}
          label={field.label}
          placeholder="Search by name to add"
          invalid={Boolean(field.error)}
          without={value}
          onPick={(picked) => onChange([...value, picked.id])}
        />
      </div>
    </Input.Wrapper>
  );
};

/** Asks for one thing and hands it over; keeps nothing. For lists whose items begin with a thing. */
export const EntityAdder = ({
  kinds,
  label,
  onPick,
}: {
  kinds: readonly TargetKind[];
  label: string;
  onPick: (id: string) => void;
}) => <Search kinds={kinds} label={label} placeholder={label} onPick={(target) => onPick(target.id)} />;
