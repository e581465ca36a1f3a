import { useEffect, useSyncExternalStore } from 'react';

/* The document's title: the screen gives the words, the shell the number of people waiting. */
let words = '';
let waiting = 0;
const listeners = new Set<() => void>();

const draw = () => {
  const name = words === '' ? 'Hillside' : `${words} · Hillside`;
  document.title = waiting > 0 ? `(${waiting}) ${name}` : name;
  for (const listener of listeners) listener();
};

export const useTitle = (title: string) => {
  useEffect(() => {
    words = title;
    draw();
  }, [title]);
};

export const useTitleCount = (count: number) => {
  useEffect(() => {
    waiting = count;
    draw();
    return () => {
      waiting = 0;
      draw();
    };
  }, [count]);
};

/** The screen's own words, without the number: what is announced when the screen changes. */
export const useCurrentTitle = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => words,
  );
