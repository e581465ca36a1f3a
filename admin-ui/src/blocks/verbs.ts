import type { Block } from './block';
import type { Parts } from './pasted';
import type { Path } from './path';
import type { DeskVerbs } from './useDesk';

/** What can be done with blocks. Stable, so that a card is drawn again only when its own block changes. */
export type BlockVerbs = DeskVerbs & {
  /** Puts several blocks in place of one and goes on writing in them; answers false where there is no room. */
  split: (key: string, parts: Parts) => boolean;
  set: (key: string, path: Path, value: unknown) => void;
  insert: (index: number, block: Block) => void;
  duplicate: (key: string) => void;
  remove: (key: string) => void;
  move: (from: number, to: number) => void;
};
