/** One of several short texts, through which the keyboard goes as through the lines of one. */
export type Point<Value = unknown> = {
  /** The caret comes here from a neighbour. A new object each time. */
  coming: { readonly caret: 'start' | 'end' } | null;
  /** Enter was pressed between these two. */
  onBreak: (before: Value, after: Value) => void;
  /** Backspace was pressed where there is nothing. */
  onErase: () => void;
};
