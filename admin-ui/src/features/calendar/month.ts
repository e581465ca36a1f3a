/*
 * Days and months as the reader's own clock has them. A month is written `2026-12`, a day `2026-12-01`.
 */

const two = (number: number) => String(number).padStart(2, '0');

export const dayOf = (at: Date): string => `${monthOf(at)}-${two(at.getDate())}`;

export const monthOf = (at: Date): string => `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}`;

const partsOf = (month: string): [year: number, month: number] => [
  Number(month.slice(0, 4)),
  Number(month.slice(5, 7)) - 1,
];

export const monthAfter = (month: string, by: number): string => {
  const [year, number] = partsOf(month);
  return monthOf(new Date(year, number + by, 1));
};

/** The first moment of a month. */
export const startOf = (month: string): Date => {
  const [year, number] = partsOf(month);
  return new Date(year, number, 1);
};

/** The weeks that hold a month, each from Monday to Sunday; each day is its first moment. */
export const weeksOf = (month: string): Date[][] => {
  const [year, number] = partsOf(month);
  const mondayBefore = 1 - ((startOf(month).getDay() + 6) % 7);
  const days = new Date(year, number + 1, 0).getDate();
  const count = Math.ceil((days + 1 - mondayBefore) / 7);
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (__, day) => new Date(year, number, mondayBefore + week * 7 + day)),
  );
};

/** What stands in a month's weeks, from the first moment until before the last. */
export const rangeOf = (month: string): { from: string; to: string } => {
  const weeks = weeksOf(month);
  const first = weeks[0]?.[0] ?? startOf(month);
  const last = weeks.at(-1)?.[6] ?? startOf(month);
  return {
    from: first.toISOString(),
    to: new Date(last.getFullYear(), last.getMonth(), last.getDate() + 1).toISOString(),
  };
};

/** By day, in the order in which they came. */
export const byDay = <T extends { runAt: string }>(all: readonly T[]): ReadonlyMap<string, T[]> => {
  const days = new Map<string, T[]>();
  for (const one of all) {
    const day = dayOf(new Date(one.runAt));
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return days;
};
