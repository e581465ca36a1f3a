export const spans = ['7', '30', '90', 'year', 'own'] as const;
export type Span = (typeof spans)[number];

/** What the address says; what is left out is the last 30 days. */
export type RangeSearch = {
  span?: Exclude<Span, '30'> | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

export type Range = { from: string; to: string };

/** Days of one report at the most, as the server has it. */
export const mostDays = 366;

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const textOf = (date: Date): string => date.toISOString().slice(0, 10);

export const dayAfter = (text: string, days: number): string => {
  const date = day(text);
  date.setUTCDate(date.getUTCDate() + days);
  return textOf(date);
};

/** Days from one to another, both counted. */
export const daysIn = ({ from, to }: Range): number => (day(to).getTime() - day(from).getTime()) / 86_400_000 + 1;

/** The day it is for whoever looks. */
export const todayOf = (now: Date): string =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** From when until when, by what the address says. */
export const rangeOf = ({ span, from, to }: RangeSearch, today: string): Range => {
  if (span === 'year') return { from: `${today.slice(0, 4)}-01-01`, to: today };
  const last = (days: number) => ({ from: dayAfter(today, 1 - days), to: today });
  if (span !== 'own') return last(Number(span ?? '30'));
  return { from: from ?? last(30).from, to: to ?? today };
};

/** What is wrong with days of one's own; null when nothing is. */
export const problemOf = (range: Range): 'backwards' | 'long' | null => {
  const days = daysIn(range);
  if (days < 1) return 'backwards';
  return days > mostDays ? 'long' : null;
};

type Received = { day: string; received: number | null };
export type Column = { from: string; to: string; received: number | null };

/** More columns than this are too narrow to look at. */
const mostColumns = 92;

/** A column for each day, or for seven days where there are many. What is suppressed adds nothing. */
export const columnsOf = (days: readonly Received[]): Column[] => {
  const width = days.length > mostColumns ? 7 : 1;
  const columns: Column[] = [];
  for (const [at, { day: from, received }] of days.entries()) {
    const last = columns.at(-1);
    if (last === undefined || at % width === 0) columns.push({ from, to: from, received });
    else {
      last.to = from;
      if (received !== null) last.received = (last.received ?? 0) + received;
    }
  }
  return columns;
};
