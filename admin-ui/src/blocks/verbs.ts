import type { Block } from './block';
import type { Parts } from './pasted';
import type { Path } from './path';
import type { DeskVerbs } from './useDesk';

/** What can be done with blocks. Stable, so that a card is drawn again only when its own block changes. */
export type BlockVerbs = DeskVerbs & {
  /** Puts several blocks in place of one and goes on writing in them; answers false where there is no room. */
  split: (key: string, parts: Parts) => boolean;
  set: (key: string, path: Path, value: unknown) => void;
  /** Adds a block and begins to write in it. */
  insert: (index: number, block: Block) => void;
  /** Adds blocks that are written already. */
  put: (index: number, blocks: readonly Block[]) => void;
  duplicate: (keys: readonly string[]) => void;
  remove: (keys: readonly string[]) => void;
  /** `count` blocks from `from` on, so that the first of them is at `to`. */
  move: (from: number, to: number, count?: number) => void;
  /** Makes another block of the one that has its key. */
  turn: (block: Block) => void;
};
