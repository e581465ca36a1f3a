import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { IconFilter, IconLayoutKanban, IconList, IconX } from '@tabler/icons-react';
import { Suspense, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { SavedViews } from '~/features/entries/SavedViews';
import { useViewer } from '~/gql/session';
import { lazyPart } from '~/ui/lazyPart';
import { useShortcuts } from '~/ui/shortcuts';
import { text as boardText } from '../board/text';
import { FilterChoicesQuery, StaffQuery } from '../queries';
import { text as leadText } from '../text';
import { chipsOf } from './chips';
import classes from './FilterBar.module.css';
import {
  type LeadSearch,
  leadOrders,
  type Narrowing,
  nothing,
  readNarrowing,
  readSearch,
  writeNarrowing,
  writeSearch,
} from './narrowing';
import { text } from './text';

const FilterDialog = lazyPart(async () => (await import('./FilterDialog')).FilterDialog);

/** What narrows the leads and their order; both stand in the address. */
export const FilterBar = ({
  search,
  mayWork,
  total,
  onSearch,
}: {
  search: LeadSearch;
  mayWork: boolean;
  /** How many there are; null while nobody knows. */
  total: number | null;
  onSearch: (next: LeadSearch) => void;
}) => {
  const narrowing = readNarrowing(search, mayWork);
  const viewer = useViewer();
  const [{ data }] = useQuery({ query: StaffQuery, pause: narrowing.who.length === 0 });
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { form, page, place } = narrowing;
  const [{ data: known }] = useQuery({
    query: FilterChoicesQuery,
    pause: form === null && page === null && place === null,
  });
  const colleagues = data?.admissionsStaff ?? [];
  const chips = chipsOf(narrowing, viewer.user.id, colleagues, known?.leadFilterChoices ?? null);
  const narrow = (next: Narrowing) => onSearch(writeNarrowing(search, next));
  const open = () => {
    // The dialog gives the keyboard back to what had it.
    button.current?.focus();
    setOpen(true);
  };
  const isBoard = search.mode === 'board';
  const turn = () => onSearch({ ...search, mode: isBoard ? undefined : 'board' });
  useShortcuts(leadText.shortcuts.list, [
    { key: 'f', label: text.shortcut, run: open },
    { key: 'b', label: boardText.shortcut, run: turn },
  ]);

  return (
    <search className={classes['bar']} aria-label={text.label}>
      <div className={classes['line']}>
        <Button
          ref={button}
          variant="default"
          size="compact-sm"
          className={classes['open'] ?? ''}
          leftSection={<IconFilter size={15} stroke={1.6} aria-hidden />}
          onMouseEnter={FilterDialog.fetch}
          onClick={open}
        >
          {text.open}
        </Button>
        <NativeSelect
          aria-label={text.order}
          size="xs"
          className={classes['order'] ?? ''}
          value={search.order ?? 'NEWEST'}
          data={leadOrders.map((value) => ({ value, label: text.orders[value] }))}
          onChange={({ currentTarget }) => {
            const next = leadOrders.find((each) => each === currentTarget.value);
            onSearch({ ...search, order: next === 'NEWEST' ? undefined : next });
          }}
        />
        <SavedViews list="LEADS" compact here={writeSearch(search)} onGo={(kept) => onSearch(readSearch(kept))} />
        <ActionIcon
          variant="default"
          className={classes['mode'] ?? ''}
          aria-label={isBoard ? boardText.toList : boardText.toBoard}
          title={isBoard ? boardText.toList : boardText.toBoard}
          onClick={turn}
        >
          {isBoard ? <IconList size={17} stroke={1.6} /> : <IconLayoutKanban size={17} stroke={1.6} />}
        </ActionIcon>
      </div>
      {chips.length === 0 ? null : (
        <div className={classes['applied']}>
          <ul className={classes['chips']} aria-label={text.applied}>
            {chips.map(({ key, words, without }) => (
              <li key={key}>
                <button
                  type="button"
                  className={classes['chip']}
                  aria-label={text.remove(words)}
                  onClick={() => {
                    button.current?.focus();
                    narrow(without);
                  }}
                >
                  <span className="clip">{words}</span>
                  <IconX size={13} stroke={1.8} aria-hidden />
                </button>
              </li>
            ))}
            <li>
              <button
                type="button"
                className={classes['clear']}
                onClick={() => {
                  button.current?.focus();
                  narrow(nothing);
                }}
              >
                {text.clear}
              </button>
            </li>
          </ul>
          <span role="status" className={`${classes['found']} num`}>
            {total === null ? null : text.found(total)}
          </span>
        </div>
      )}
      {isOpen ? (
        <Suspense>
          <FilterDialog
            narrowing={narrowing}
            mayWork={mayWork}
            onApply={(next) => {
              setOpen(false);
              narrow(next);
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </search>
  );
};
