import { createContext, useContext } from 'react';
import type { Target, TargetKind } from './targets';

/** A way to make what a picker does not find, without leaving the screen. */
export type NewTarget = {
  /** What can be made, with what one is called: “source”. */
  nouns: Partial<Record<TargetKind, string>>;
  /** Asks for the rest of a new one that begins with `name`, and hands it over once it is there. */
  make: (kind: TargetKind, name: string, onMade: (target: Target) => void) => void;
};

const Context = createContext<NewTarget | null>(null);

export const NewTargetProvider = Context.Provider;

/** Null where nothing can be made. */
export const useNewTarget = (): NewTarget | null => useContext(Context);
