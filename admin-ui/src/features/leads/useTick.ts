import { useSyncExternalStore } from 'react';

/*
 * The present, shared by everything that shows how long something takes. It moves every second while somebody reads
 * seconds, else twice a minute, and rests while nobody can see it.
 */

let now = Date.now();

const beat = (every: number) => {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    now = Date.now();
    for (const each of listeners) each();
  };
  const follow = () => {
    clearInterval(timer);
    timer = undefined;
    if (listeners.size === 0 || document.visibilityState !== 'visible') return;
    timer = setInterval(tick, every);
    tick();
  };
  return (listener: () => void) => {
    const first = listeners.size === 0;
    listeners.add(listener);
    if (first) {
      document.addEventListener('visibilitychange', follow);
      follow();
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      document.removeEventListener('visibilitychange', follow);
      follow();
    };
  };
};

const eachSecond = beat(1_000);
const eachHalfMinute = beat(30_000);
const read = () => now;

/** The present, and again whenever it has moved on: every second while `countsDown` says so of it. */
export const useTick = (countsDown: (now: number) => boolean): number => {
  // Both read the same present, so that nothing steps back when the seconds are over.
  const slow = useSyncExternalStore(eachHalfMinute, read);
  return useSyncExternalStore(countsDown(slow) ? eachSecond : eachHalfMinute, read);
};
