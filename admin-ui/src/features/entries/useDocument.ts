import { notifications } from '@mantine/notifications';
import { type RefObject, useEffect, useMemo, useReducer, useRef } from 'react';
import { type Block, newKey } from '~/blocks/block';
import {
  type DocumentAction,
  type DocumentState,
  documentReducer,
  firstChange,
  mostBlocks,
  startWith,
} from '~/blocks/document';
import { text as blockText } from '~/blocks/text';
import { type Desk, type DeskVerbs, useDesk } from '~/blocks/useDesk';
import type { BlockVerbs } from '~/blocks/verbs';
import type { Entry } from './entry';
import { readDocument } from './entry';
import type { Kept } from './local';
import { removedNotice } from './removedNotice';

/** A field with a history of its own: what is typed there to search is no part of the document. */
const isOwnHistory = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('input[aria-haspopup="listbox"], [role="dialog"], [role="listbox"], input[type="search"]') !== null;

const isUndo = ({ key, shiftKey }: KeyboardEvent) => key.toLowerCase() === 'z' && !shiftKey;
const isRedo = ({ key, shiftKey }: KeyboardEvent) =>
  (key.toLowerCase() === 'z' && shiftKey) || (key.toLowerCase() === 'y' && !shiftKey);

export type DocumentDesk = {
  state: DocumentState;
  dispatch: (action: DocumentAction) => void;
  desk: Desk;
  verbs: BlockVerbs;
  undo: () => void;
  redo: () => void;
};

/** The document with everything that can be done to its blocks, and one history over all of it. */
export const useDocument = (
  entry: Entry,
  kept: Kept | null,
  nameOf: RefObject<(key: string) => string>,
): DocumentDesk => {
  const [state, dispatch] = useReducer(documentReducer, entry, (first) =>
    kept === null ? startWith(readDocument(first)) : { ...startWith(kept.saved), present: kept.present },
  );
  const [desk, deskVerbs] = useDesk();
  const latest = useRef({ state, desk });
  useEffect(() => {
    latest.current = { state, desk };
  });

  const verbs = useMemo(() => blockVerbs(dispatch, deskVerbs, latest, nameOf), [deskVerbs, nameOf]);

  const travel = useMemo(() => {
    const to = (type: 'undo' | 'redo') => {
      const before = latest.current.state;
      const after = documentReducer(before, { type });
      if (after === before) return;
      dispatch({ type });
      const changed = firstChange(before.present, after.present);
      if (changed !== null && changed !== latest.current.desk.active) deskVerbs.reveal(changed);
    };
    return { undo: () => to('undo'), redo: () => to('redo') };
  }, [deskVerbs]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.isComposing || isOwnHistory(event.target)) return;
      if (!isUndo(event) && !isRedo(event)) return;
      // Before the browser or a text takes it: there is one history, over the whole document.
      event.preventDefault();
      event.stopPropagation();
      if (isUndo(event)) travel.undo();
      else travel.redo();
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [travel]);

  return { state, dispatch, desk, verbs, ...travel };
};

const blockVerbs = (
  dispatch: (action: DocumentAction) => void,
  desk: DeskVerbs,
  latest: RefObject<{ state: DocumentState }>,
  nameOf: RefObject<(key: string) => string>,
): BlockVerbs => {
  const put = (index: number, blocks: readonly Block[]) => {
    const [first, ...more] = blocks;
    if (first === undefined) return;
    dispatch({ type: 'insert', index, blocks });
    if (more.length === 0) desk.reveal(first.key);
    else desk.select(first.key, more.at(-1)?.key ?? first.key);
  };
  return {
    ...desk,
    add: (index, onLeave) => latest.current.state.present.blocks.length < mostBlocks && desk.add(index, onLeave),
    set: (key, path, value) => dispatch({ type: 'update', key, path, value, at: Date.now() }),
    insert: (index, block) => {
      dispatch({ type: 'insert', index, blocks: [block] });
      desk.open(block.key);
    },
    put,
    split: (key, { blocks, next }) => {
      if (latest.current.state.present.blocks.length - 1 + blocks.length > mostBlocks) return false;
      dispatch({ type: 'split', key, blocks });
      desk.open(next.key, next.path, next.caret);
      return true;
    },
    duplicate: (keys) => {
      const { blocks } = latest.current.state.present;
      const copied = blocks.filter(({ key }) => keys.includes(key));
      const after = blocks.findIndex(({ key }) => key === copied.at(-1)?.key) + 1;
      put(
        after,
        copied.map((block) => ({ ...block, key: newKey() })),
      );
    },
    move: (from, to, count = 1) => dispatch({ type: 'move', from, to, count }),
    turn: (block) => {
      dispatch({ type: 'turn', block });
      desk.reveal(block.key);
    },
    remove: (keys) => {
      const { blocks } = latest.current.state.present;
      const index = blocks.findIndex(({ key }) => keys.includes(key));
      const removed = blocks.filter(({ key }) => keys.includes(key));
      const [first] = removed;
      if (first === undefined) return;
      const name = removed.length === 1 ? nameOf.current(first.key) : blockText.selection.count(removed.length);
      dispatch({ type: 'remove', keys });
      const neighbour = blocks[index + removed.length] ?? blocks[index - 1];
      if (neighbour !== undefined) desk.reveal(neighbour.key);
      notifications.show(
        removedNotice(name, () => {
          const { blocks: now } = latest.current.state.present;
          // They may be back already, by the document's own undo.
          const missing = removed.filter(({ key }) => !now.some((each) => each.key === key));
          dispatch({ type: 'insert', index: Math.min(index, now.length), blocks: missing });
          desk.reveal(first.key);
        }),
      );
    },
  };
};
