import { useRef, useState } from 'react';

export type Previewing = {
  /** Whether the preview stands beside the document, or over it. */
  beside: boolean;
  toggle: () => void;
  close: () => void;
  /** It went to a window of its own. */
  moveTo: (window: Window) => void;
};

/** Where the preview of a document stands: beside it, in a window of its own, or nowhere; never in two places. */
export const usePreviewing = (): Previewing => {
  const [beside, setBeside] = useState(false);
  const own = useRef<Window | null>(null);
  return {
    beside,
    toggle: () => {
      if (own.current?.closed === false) own.current.focus();
      else setBeside((on) => !on);
    },
    close: () => setBeside(false),
    moveTo: (window) => {
      own.current = window;
      setBeside(false);
    },
  };
};
