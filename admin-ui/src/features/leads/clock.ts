import type { Tone } from '~/ui/Chip';
import type { Lead, LeadRow } from './queries';
import { text } from './text';

/* What the two clocks of a lead say: until when somebody must try, and when it goes on after that. */

/** `title` says in full what `words` say in short, and nothing in it moves. */
export type Clock = { tone: Tone; words: string; title: string };
export type Timed = Pick<LeadRow, 'receivedAt' | 'respondBy' | 'firstAttemptAt' | 'firstContactAt' | 'nextActionAt'>;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** From here on whoever could answer should look up. */
const soon = 2 * minute;

/** Beside a row: how long is left, how late it is, when it goes on. Null once the lead has ended. */
export const rowClock = (lead: Timed, now: number): Clock | null => {
  const at = dueAt(lead);
  if (at === null) return null;
  const words = text.clock;
  const title = lead.firstAttemptAt === null ? words.dueTitle(inFull(at)) : words.nextTitle(inFull(at));
  const left = at - now;
  if (left <= -minute) {
    const late = lead.firstAttemptAt === null ? words.late : words.overdue;
    return { tone: 'bad', words: late(duration(-left)), title };
  }
  if (left <= 0) return { tone: 'bad', words: words.now, title };
  if (lead.firstAttemptAt !== null) return { tone: 'neutral', words: words.callback(moment(at, now)), title };
  if (left >= hour) return { tone: 'neutral', words: words.due(moment(at, now)), title };
  return { tone: left < soon ? 'warn' : 'neutral', words: words.left(countdown(left)), title };
};

/** Below the name: the first clock as long as it runs; then how long it took, and when it goes on. */
export const headerClocks = (lead: Timed, now: number): Clock[] => {
  const words = text.clock;
  const at = dueAt(lead);
  const row = rowClock(lead, now);
  if (lead.firstAttemptAt === null) {
    if (at === null || row === null) return [];
    const left = at - now;
    const said =
      left <= -minute
        ? words.firstLate(duration(-left))
        : left <= 0
          ? words.firstNow
          : left >= hour
            ? words.firstDue(moment(at, now))
            : words.firstDueIn(countdown(left));
    return [{ ...row, words: said }];
  }
  const clocks: Clock[] = [took(lead.receivedAt, lead.firstAttemptAt, words.answered, words.answeredTitle)];
  if (lead.firstContactAt !== null && lead.firstContactAt !== lead.firstAttemptAt) {
    clocks.push(took(lead.receivedAt, lead.firstContactAt, words.reached, words.reachedTitle));
  }
  if (at !== null && row !== null) {
    clocks.push(row.tone === 'neutral' ? { ...row, words: words.goesOn(moment(at, now)) } : row);
  }
  return clocks;
};

/** Until when `viewer` has to try, or it goes to somebody else; null where nothing is waited for. */
export const leaseWords = (
  { assignee, leaseUntil }: Pick<Lead, 'assignee' | 'leaseUntil'>,
  viewer: string,
  now: number,
): string | null => {
  if (assignee?.id !== viewer || leaseUntil === null) return null;
  const until = Date.parse(leaseUntil);
  return until <= now ? null : text.clock.yours(timeOfDay(until));
};

/** Whether what is said changes with every second. */
export const countsDown = (lead: Timed, now: number): boolean => {
  const at = dueAt(lead);
  return at !== null && lead.firstAttemptAt === null && at > now && at - now < hour;
};

/** `14:30`, where the reader is. */
export const timeOfDay = (at: Date | number): string => {
  const then = new Date(at);
  return `${then.getHours()}:${String(then.getMinutes()).padStart(2, '0')}`;
};

const weekday = new Intl.DateTimeFormat('en', { weekday: 'short' });
const date = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const dateAndYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const fullDate = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'short' });

/** As briefly as nobody can mistake it: `14:30`, `tomorrow 9:00`, `Mon 9:00`, `Dec 12, 9:00`. */
export const moment = (at: number, now: number): string => {
  const then = new Date(at);
  const away = calendarDays(new Date(now), then);
  if (away === 0) return timeOfDay(then);
  if (away === 1) return `${text.clock.tomorrow} ${timeOfDay(then)}`;
  if (away > 1 && away < 7) return `${weekday.format(then)} ${timeOfDay(then)}`;
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  return `${(sameYear ? date : dateAndYear).format(then)}, ${timeOfDay(then)}`;
};

/** `Nov 24, 2026, 14:30`. */
export const dayAndTime = (at: string): string => {
  const then = new Date(at);
  return `${dateAndYear.format(then)}, ${timeOfDay(then)}`;
};

const inFull = (at: number): string => `${fullDate.format(at)}, ${timeOfDay(at)}`;

/**
 * When somebody must act. Before the first attempt that is `respondBy`, or earlier where a lead was raised to urgent or
 * came back into the queue.
 */
const dueAt = ({ respondBy, firstAttemptAt, nextActionAt }: Timed): number | null => {
  if (nextActionAt === null) return null;
  const next = Date.parse(nextActionAt);
  return firstAttemptAt === null ? Math.min(next, Date.parse(respondBy)) : next;
};

const took = (from: string, to: string, words: (time: string) => string, title: (at: string) => string): Clock => {
  const time = Math.max(0, Date.parse(to) - Date.parse(from));
  return {
    tone: 'neutral',
    words: words(time < hour ? countdown(time) : duration(time)),
    title: title(inFull(Date.parse(to))),
  };
};

/** Minutes and seconds; the last second is a whole one. */
const countdown = (ms: number): string => {
  const seconds = Math.ceil(ms / second);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

const duration = (ms: number): string => {
  if (ms < hour) return text.clock.minutes(Math.floor(ms / minute));
  if (ms < day) return text.clock.hours(Math.floor(ms / hour));
  return text.clock.days(Math.floor(ms / day));
};

/** Midnights between two times; the days on which clocks change have 23 or 25 hours. */
const calendarDays = (from: Date, to: Date): number => {
  const midnight = (of: Date) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
  return Math.round((midnight(to) - midnight(from)) / day);
};
