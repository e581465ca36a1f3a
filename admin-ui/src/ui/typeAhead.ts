import { useCallback } from 'react';

/*
 * Between the key that opens something and the moment its field has the keyboard people go on typing. What they type
 * meanwhile is kept for the field, and is neither written elsewhere nor taken for a shortcut.
 */

/** After so long the field is not coming soon, and keys mean again what they always do. */
const longestMs = 5_000;

let waiting: { typed: string; onEscape: () => void; end: () => void } | null = null;

/** Keeps what is typed from now on. Escape says that it was not meant, and whoever closes takes what was typed. */
export const typeAhead = (onEscape: () => void) => {
  waiting?.end();
  const onKeyDown = (event: KeyboardEvent) => {
    if (!keepKey(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const end = () => {
    clearTimeout(timer);
    window.removeEventListener('keydown', onKeyDown, true);
    window.removeEventListener('pointerdown', end, true);
    waiting = null;
  };
  const timer = setTimeout(end, longestMs);
  window.addEventListener('keydown', onKeyDown, true);
  window.addEventListener('pointerdown', end, true);
  waiting = { typed: '', onEscape, end };
};

/** Takes a key that is meant for the field to come; answers whether it was. */
export const keepKey = (event: KeyboardEvent): boolean => {
  if (waiting === null || event.isComposing) return false;
  if (event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState('AltGraph'))) return false;
  const { key } = event;
  if (key.length === 1) waiting.typed += key;
  else if (key === 'Backspace') waiting.typed = waiting.typed.slice(0, -1);
  else if (key === 'Escape') waiting.onEscape();
  // There is nothing yet that these could choose from or walk through.
  else return /^(Enter|Tab|Delete|Home|End|Page|Arrow)/.test(key);
  return true;
};

/** What was typed ahead; from now on keys go where the keyboard is. */
export const takeTyped = (): string => {
  const typed = waiting?.typed ?? '';
  waiting?.end();
  return typed;
};

/** The `ref` of a field that is typed ahead for: it has the keyboard as soon as it is there, and begins with that. */
export const useTypedAhead = (begin: (typed: string) => void) =>
  useCallback(
    (field: HTMLInputElement | null) => {
      if (field === null) return;
      field.focus({ preventScroll: true });
      const typed = takeTyped();
      if (typed !== '') begin(typed);
    },
    [begin],
  );
