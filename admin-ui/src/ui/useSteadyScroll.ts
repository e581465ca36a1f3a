import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the rows that somebody reads where they are while others come and go above them. At the very top nothing is
 * held: there one waits for what comes. Rows are the elements with `data-row`; set `overflow-anchor: none`, so that
 * the browser does not do the same a second time.
 */
export const useSteadyScroll = (scroller: RefObject<HTMLElement | null>, rows: unknown): (() => void) => {
  const anchor = useRef<{ row: string; top: number } | null>(null);

  const remember = () => {
    const element = scroller.current;
    if (element === null) return;
    const { top: edge } = element.getBoundingClientRect();
    const row =
      element.scrollTop === 0
        ? undefined
        : [...element.querySelectorAll<HTMLElement>('[data-row]')].find(
            (each) => each.getBoundingClientRect().bottom > edge,
          );
    const name = row?.dataset['row'];
    anchor.current =
      row === undefined || name === undefined ? null : { row: name, top: row.getBoundingClientRect().top };
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: `rows` says when the rows have changed.
  useLayoutEffect(() => {
    const element = scroller.current;
    const held = anchor.current;
    if (element !== null && held !== null) {
      const row = element.querySelector<HTMLElement>(`[data-row="${CSS.escape(held.row)}"]`);
      if (row !== null) element.scrollTop += row.getBoundingClientRect().top - held.top;
    }
    remember();
  }, [rows]);

  return remember;
};
