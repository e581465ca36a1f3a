import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconClipboard,
  IconCopy,
  IconCut,
  IconTrash,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import { useEffect } from 'react';
import { moveAndAnnounce } from '~/ui/Sortable';
import type { Block } from './block';
import classes from './SelectionBar.module.css';
import { keysOf, type Run } from './selection';
import { text } from './text';
import { copySelected, cutSelected } from './useBlockClipboard';
import type { BlockVerbs } from './verbs';

const words = text.selection;

/** How many blocks are chosen, and what can be done with all of them. */
export const SelectionBar = ({ blocks, run, verbs }: { blocks: readonly Block[]; run: Run; verbs: BlockVerbs }) => {
  const { deselect } = verbs;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      event.preventDefault();
      deselect();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [deselect]);

  const keys = keysOf(blocks, run);
  const move = (by: 1 | -1) =>
    moveAndAnnounce(
      {
        list: 'blocks',
        index: run.from,
        count: blocks.length,
        size: run.count,
        label: words.count(run.count),
        onMove: (from, to) => verbs.move(from, to, run.count),
      },
      run.from + by,
    );
  const isFirst = run.from === 0;
  const isLast = run.from + run.count === blocks.length;
  return (
    <div className={classes['place']}>
      <div className={classes['bar']} role="toolbar" aria-label={words.chosen(run.count)}>
        <span className={classes['count']}>{words.count(run.count)}</span>
        <Act icon={IconCopy} name={words.duplicate} onClick={() => verbs.duplicate(keys)} />
        <Act icon={IconArrowUp} name={words.moveUp} disabled={isFirst} onClick={() => move(-1)} />
        <Act icon={IconArrowDown} name={words.moveDown} disabled={isLast} onClick={() => move(1)} />
        <Act icon={IconCut} name={words.cut} onClick={cutSelected} />
        <Act icon={IconClipboard} name={words.copy} onClick={copySelected} />
        <Act icon={IconTrash} name={words.remove} danger onClick={() => verbs.remove(keys)} />
        <Act icon={IconX} name={words.clear} onClick={deselect} />
      </div>
    </div>
  );
};

const Act = ({
  icon: Icon,
  name,
  danger = false,
  disabled = false,
  onClick,
}: {
  icon: TablerIcon;
  name: string;
  danger?: boolean;
  disabled?: boolean;
  onClick: () => void;
}) => (
  <Tooltip label={name}>
    <ActionIcon
      size={32}
      className={danger ? 'danger' : undefined}
      aria-label={name}
      // Stays where the keyboard is, so that it can be pressed until there is no further.
      aria-disabled={disabled || undefined}
      {...(disabled && { 'data-disabled': true })}
      onClick={onClick}
    >
      <Icon size={17} stroke={1.6} aria-hidden />
    </ActionIcon>
  </Tooltip>
);
