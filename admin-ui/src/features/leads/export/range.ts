import { exportText } from './text';

export type Range = { from: string; to: string };

/** The day it is for whoever looks. */
const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** The thirty days that end today. */
export const monthTo = (now: Date): Range => {
  const first = new Date(now);
  first.setDate(first.getDate() - 29);
  return { from: dayOf(first), to: dayOf(now) };
};

/** What is wrong with days before the server is asked: one that is half typed, or an end before the beginning. */
export const wrongDays = ({ from, to }: Range): { from?: string; to?: string } => ({
  ...(from === '' ? { from: exportText.noDay } : {}),
  ...(to === '' ? { to: exportText.noDay } : to < from ? { to: exportText.backwards } : {}),
});
