import type { CallOutcome } from './queries';
import { text } from './text';

/* When it goes on with somebody: a few times that fit most days, and any other. All are the reader's own. */

export type Pick = 'HOUR' | 'EVENING' | 'MORNING' | 'DAYS';
/** `other` is what a field for a day and a time holds, and counts only where OTHER is picked. */
export type Next = { pick: Pick | 'OTHER' | null; other: string };

const hour = 3_600_000;

/** What is offered at `now`. This evening only while it is at least an hour away: sooner there is the hour. */
export const picksAt = (now: number): { pick: Pick; at: number }[] =>
  (['HOUR', 'EVENING', 'MORNING', 'DAYS'] as const)
    .map((pick) => ({ pick, at: timeOf(pick, now) }))
    .filter(({ pick, at }) => pick !== 'EVENING' || at - now >= hour);

/** When that is; null where nothing, or no time at all, was given. */
export const timeOfNext = ({ pick, other }: Next, now: number): number | null => {
  if (pick === null) return null;
  if (pick !== 'OTHER') return timeOf(pick, now);
  const at = new Date(other).getTime();
  return Number.isNaN(at) ? null : at;
};

/** A time that is ahead, or why there is none. */
export const judgeNext = (next: Next, now: number): { at: number; wrong: null } | { at: null; wrong: string } => {
  const at = timeOfNext(next, now);
  if (at === null) return { at, wrong: next.pick === null ? text.next.none : text.next.noTime };
  return at > now ? { at, wrong: null } : { at: null, wrong: text.next.past };
};

/** Whoever was busy is tried again soon; whoever was spoken to, or will hear a message, the day after. */
export const pickAfter: Record<CallOutcome, Pick> = {
  REACHED: 'MORNING',
  VOICEMAIL: 'MORNING',
  NO_ANSWER: 'HOUR',
  BUSY: 'HOUR',
  WRONG_NUMBER: 'MORNING',
  REFUSED: 'DAYS',
};
export const pickAfterMessage: Pick = 'MORNING';

/** As a field for a day and a time holds it: `2026-11-24T14:30`. */
export const forField = (at: number): string => {
  const then = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
  return `${day}T${two(then.getHours())}:${two(then.getMinutes())}`;
};

const timeOf = (pick: Pick, now: number): number => {
  const today = new Date(now);
  const clock = (days: number, hours: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, hours).getTime();
  switch (pick) {
    case 'HOUR':
      return now + hour;
    case 'EVENING':
      return clock(0, 18);
    case 'MORNING':
      return clock(1, 9);
    case 'DAYS':
      return clock(3, 9);
  }
};
