/*
 * What keys do at a block. The sheet of shortcuts lists them; here is which is which.
 */

export type Command =
  | 'moveUp'
  | 'moveDown'
  | 'selectUp'
  | 'selectDown'
  | 'previous'
  | 'next'
  | 'open'
  | 'remove'
  | 'duplicate';

/** Where the keyboard is: at a block's name, its grip, another of its tools, or in what it holds. */
export type Spot = 'name' | 'handle' | 'tool' | 'inside';

export type KeyPress = {
  readonly key: string;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
};

const arrows = { ArrowUp: -1, ArrowDown: 1 } as const;

export const commandOf = (press: KeyPress, spot: Spot): Command | null => {
  const { key, altKey, shiftKey } = press;
  const mod = press.ctrlKey || press.metaKey;
  const by = arrows[key as keyof typeof arrows];
  if (by !== undefined) {
    if (altKey && !mod && !shiftKey) return by < 0 ? 'moveUp' : 'moveDown';
    if (altKey || mod || spot === 'inside') return null;
    if (shiftKey) return by < 0 ? 'selectUp' : 'selectDown';
    if (spot === 'name') return by < 0 ? 'previous' : 'next';
    return null;
  }
  if (spot === 'inside' || altKey || shiftKey || press.repeat) return null;
  if (mod) return key.toLowerCase() === 'd' ? 'duplicate' : null;
  if (key === 'Delete' || key === 'Backspace') return 'remove';
  // At a name the browser would press the button, which ends the writing that has begun; at the other tools Enter is theirs.
  return key === 'Enter' && spot !== 'tool' ? 'open' : null;
};

/** These have keys of their own for what moves a block elsewhere. */
const ownArrows = 'select, input[type="date"], [aria-haspopup]:not(button)';

export const spotOf = (target: Element): Spot => {
  const tool = target.closest('[data-block-head] button');
  if (tool === null) return 'inside';
  if (tool.matches('[data-block-name]')) return 'name';
  return tool.matches('[data-handle]') ? 'handle' : 'tool';
};

export const keepsArrows = (target: Element): boolean => target.matches(ownArrows);
