import type { PastTime, Retention } from './queries';

/** Each period, named as the server names it, and what of it is past its time. */
export const periods = [
  { field: 'spamDays', kind: 'spam' },
  { field: 'closedDays', kind: 'closed' },
  { field: 'admittedDays', kind: 'admitted' },
] as const;

export type Field = (typeof periods)[number]['field'];
export type Days = Record<Field, number>;
/** As somebody writes them. */
export type Written = Record<Field, string>;

const longest = 3_650;

export const writtenOf = (read: Retention): Written => ({
  spamDays: String(read.spamDays),
  closedDays: String(read.closedDays),
  admittedDays: String(read.admittedDays),
});

/** Whole days, up to ten years; null for anything else. */
export const daysOf = (words: string): number | null => {
  const plain = words.trim();
  if (!/^(\d{1,4}|\d,\d{3})$/.test(plain)) return null;
  const days = Number(plain.replace(',', ''));
  return days >= 1 && days <= longest ? days : null;
};

export const totalOf = ({ spam, closed, admitted }: PastTime): number => spam + closed + admitted;
