import { type Block, readBlock } from '~/blocks/block';
import type { Document } from '~/blocks/document';

/** The draft with one block as it was: in the place of what it became, or where it stood when it is gone. */
export const withBlockRestored = (draft: Document, stored: unknown, place: number): Document => {
  const old: Block | null = readBlock(stored);
  if (old === null) return draft;
  const here = draft.blocks.findIndex(({ key }) => key === old.key);
  const blocks =
    here === -1
      ? draft.blocks.toSpliced(Math.min(Math.max(place, 0), draft.blocks.length), 0, old)
      : draft.blocks.with(here, old);
  return { ...draft, blocks };
};
