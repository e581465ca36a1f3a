import type { KeyboardEvent } from 'react';
import { moveAndAnnounce } from '~/ui/Sortable';
import type { Block } from './block';
import { type Command, commandOf, keepsArrows, spotOf } from './commands';
import type { Kind } from './definition';
import { keysOf, neighbour, runAt } from './selection';
import { runName } from './summary';
import type { Desk } from './useDesk';
import type { BlockVerbs } from './verbs';

type Props = {
  blocks: readonly Block[];
  kinds: readonly Kind[];
  desk: Desk;
  verbs: BlockVerbs;
  readOnly: boolean;
};

/** What a key does at a block, or to all that are chosen when the block is one of them. */
export const useBlockKeys = ({ blocks, kinds, desk, verbs, readOnly }: Props) => {
  const obey = (command: Command, key: string, spot: 'inside' | 'head') => {
    const run = runAt(blocks, desk.selected, key);
    if (run === null) return;
    const keys = keysOf(blocks, run);
    const by = command.endsWith('Up') || command === 'previous' ? -1 : 1;
    switch (command) {
      case 'moveUp':
      case 'moveDown':
        moveAndAnnounce(
          {
            list: 'blocks',
            index: run.from,
            count: blocks.length,
            size: run.count,
            label: runName(kinds, blocks, run),
            onMove: (from, to) => verbs.move(from, to, run.count),
          },
          run.from + by,
        );
        if (spot === 'inside')
          requestAnimationFrame(() => document.activeElement?.scrollIntoView({ block: 'nearest' }));
        else if (run.count === 1) verbs.reveal(key);
        break;
      case 'selectUp':
      case 'selectDown':
        verbs.select(desk.selected?.anchor ?? key, neighbour(blocks, key, by));
        break;
      case 'previous':
      case 'next':
        verbs.reveal(neighbour(blocks, key, by));
        break;
      case 'open':
        verbs.open(key);
        break;
      case 'remove':
        verbs.remove(keys);
        break;
      case 'duplicate':
        verbs.duplicate(keys);
        break;
    }
  };

  return (event: KeyboardEvent<HTMLElement>) => {
    const { target, currentTarget } = event;
    // The menus and dialogs of a block bubble here and lie elsewhere.
    if (readOnly || event.defaultPrevented || !(target instanceof Element) || !currentTarget.contains(target)) return;
    const key = target.closest<HTMLElement>('[data-block]')?.dataset['block'];
    const spot = spotOf(target);
    const command = commandOf(event, spot);
    if (key === undefined || command === null || keepsArrows(target)) return;
    event.preventDefault();
    event.stopPropagation();
    obey(command, key, spot === 'inside' ? 'inside' : 'head');
  };
};
