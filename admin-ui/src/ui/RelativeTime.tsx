import { useSyncExternalStore } from 'react';

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

const minute = 60_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 15_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
};

/** The present, to a quarter of a minute; every reader moves on together. */
export const useNow = () => useSyncExternalStore(subscribe, () => now);

/** “just now”, “4 min. ago”, “yesterday”, and the date once days stop helping. */
export const relativeTime = (at: string, present: number): string => {
  const then = new Date(at);
  const ago = Math.max(0, present - then.getTime());
  if (ago < minute) return 'just now';
  if (ago < 60 * minute) return relative.format(-Math.floor(ago / minute), 'minute');
  if (ago < 24 * 60 * minute) return relative.format(-Math.floor(ago / (60 * minute)), 'hour');
  if (ago < 7 * 24 * 60 * minute) return relative.format(-Math.floor(ago / (24 * 60 * minute)), 'day');
  return (then.getFullYear() === new Date(present).getFullYear() ? day : dayAndYear).format(then);
};

export const exactTime = (at: string): string => exact.format(new Date(at));

export const RelativeTime = ({ at }: { at: string }) => {
  const present = useNow();
  return (
    <time dateTime={at} title={exactTime(at)} className="num">
      {relativeTime(at, present)}
    </time>
  );
};
