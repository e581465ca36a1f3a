import { useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Caret } from '~/richtext/RichText';
import { takeTyped, typeAhead } from '~/ui/typeAhead';
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

/** Takes the keyboard back, and what was typed to find a block. */
export type OnLeave = (typed: string) => void;

export type DeskVerbs = {
  /** Write in a block, in the field at `path` or the nearest to it. */
  open: (key: string, path?: Path, caret?: Caret) => void;
  /** Back to reading; the keyboard stays at the block. */
  close: (key: string) => void;
  /** Bring a block into sight, without writing in it. */
  reveal: (key: string) => void;
  fold: (key: string, folded: boolean) => void;
  foldAll: (keys: readonly string[]) => void;
  /** Ask which block shall come at `index`; answers false where there is no room. */
  add: (index: number, onLeave?: OnLeave) => boolean;
  /** No block comes after all: the keyboard goes back to where it was, unless a press took it elsewhere already. */
  leave: (typed: string, by: 'key' | 'press') => void;
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
  const asked = useRef<{ index: number; before: Element | null; onLeave: OnLeave | undefined } | null>(null);
  const verbs = useMemo<DeskVerbs>(() => {
    const leave: DeskVerbs['leave'] = (typed, by) => {
      const whole = typed + takeTyped();
      // The button the menu hung on is drawn anew when the menu goes.
      flushSync(() => setDesk((before) => ({ ...before, adding: null })));
      if (by === 'press' || asked.current === null) return;
      const { index, before, onLeave } = asked.current;
      if (onLeave !== undefined) onLeave(whole);
      else if (before instanceof HTMLElement && before.isConnected) before.focus();
      else document.querySelector<HTMLElement>(`[data-insert-at="${index}"] button`)?.focus();
    };
    return {
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
      add: (index, onLeave) => {
        asked.current = { index, before: document.activeElement, onLeave };
        typeAhead(() => leave('', 'key'));
        setDesk((before) => ({ ...before, adding: index }));
        return true;
      },
      leave,
      select: (anchor, head) =>
        setDesk((before) => ({
          ...before,
          active: null,
          aim: { key: head, field: null },
          adding: null,
          selected: { anchor, head },
        })),
      deselect: () => setDesk((before) => (before.selected === null ? before : { ...before, selected: null })),
    };
  }, []);
  return [desk, verbs];
};
