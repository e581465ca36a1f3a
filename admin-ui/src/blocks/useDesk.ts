import { useMemo, useState } from 'react';
import type { Caret } from '~/richtext/RichText';
import type { Wanted } from './form/context';
import type { Path } from './path';
import type { Selected } from './selection';

/** Where the keyboard shall go: to a block's head, or into one of its fields. */
export type Aim = { readonly key: string; readonly field: Wanted | null };

/** How the blocks lie before the person: which one is written in, which are folded, where one is about to be added. */
export type Desk = {
  readonly active: string | null;
  readonly folded: ReadonlySet<string>;
  readonly aim: Aim | null;
  /** The place of the block to come. */
  readonly adding: number | null;
  readonly selected: Selected | null;
};

export type DeskVerbs = {
  /** Write in a block, in the field at `path` or the nearest to it. */
  open: (key: string, path?: Path, caret?: Caret) => void;
  /** Back to reading; the keyboard stays at the block. */
  close: (key: string) => void;
  /** Bring a block into sight, without writing in it. */
  reveal: (key: string) => void;
  fold: (key: string, folded: boolean) => void;
  foldAll: (keys: readonly string[]) => void;
  add: (index: number | null) => void;
  /** Choose the blocks from `anchor` to `head`; the keyboard goes to `head`. */
  select: (anchor: string, head: string) => void;
  deselect: () => void;
};

const empty: Desk = { active: null, folded: new Set(), aim: null, adding: null, selected: null };

const without = (folded: ReadonlySet<string>, key: string): ReadonlySet<string> => {
  if (!folded.has(key)) return folded;
  const left = new Set(folded);
  left.delete(key);
  return left;
};

export const useDesk = (): [Desk, DeskVerbs] => {
  const [desk, setDesk] = useState(empty);
  const verbs = useMemo<DeskVerbs>(
    () => ({
      open: (key, path = [], caret) =>
        setDesk((before) => ({
          active: key,
          folded: without(before.folded, key),
          aim: { key, field: { path, caret } },
          adding: null,
          selected: null,
        })),
      close: (key) =>
        setDesk((before) => ({
          ...before,
          active: before.active === key ? null : before.active,
          aim: { key, field: null },
        })),
      reveal: (key) => setDesk((before) => ({ ...before, aim: { key, field: null }, selected: null })),
      fold: (key, folded) =>
        setDesk((before) => ({
          ...before,
          active: folded && before.active === key ? null : before.active,
          folded: folded ? new Set([...before.folded, key]) : without(before.folded, key),
        })),
      foldAll: (keys) =>
        setDesk((before) => ({ ...before, active: keys.length === 0 ? before.active : null, folded: new Set(keys) })),
      add: (index) => setDesk((before) => ({ ...before, adding: index })),
      select: (anchor, head) =>
        setDesk((before) => ({
          ...before,
          active: null,
          aim: { key: head, field: null },
          adding: null,
          selected: { anchor, head },
        })),
      deselect: () => setDesk((before) => (before.selected === null ? before : { ...before, selected: null })),
    }),
    [],
  );
  return [desk, verbs];
};
