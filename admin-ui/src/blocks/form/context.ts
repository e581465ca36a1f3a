import { createContext, useContext } from 'react';
import type { Split } from '~/richtext/paste/pieces';
import type { Caret } from '~/richtext/RichText';
import type { Kind } from '../definition';
import type { Path } from '../path';
import type { Problem } from '../problems';
import type { OnLeave } from '../useDesk';

/** A field somebody wants to be at. A new object each time, so that the same field can be asked for again. */
export type Wanted = { readonly path: Path; readonly caret?: Caret | undefined };

/** What every field of a block's form knows of its block. */
export type BlockForm = {
  set: (path: Path, value: unknown) => void;
  problems: readonly Problem[];
  wanted: Wanted | null;
  /**
   * Somebody pressed `/` on an empty line of a text that is a block of its own. Answers whether they are asked for a
   * block to add; when none was meant, `onLeave` hears what was typed to find one.
   */
  onSlash?: ((onLeave: OnLeave) => boolean) | undefined;
  /** Somebody pasted more than a text can hold into such a text. Answers whether it was taken apart into blocks. */
  onSplit?: ((split: Split) => boolean) | undefined;
  /** The kinds of blocks that a field can hold as a whole; none where no field does. */
  kinds?: readonly Kind[] | undefined;
};

const Context = createContext<BlockForm | null>(null);

export const BlockFormProvider = Context.Provider;

export const useBlockForm = (): BlockForm => {
  const form = useContext(Context);
  if (form === null) throw new Error('There is no BlockFormProvider above.');
  return form;
};
