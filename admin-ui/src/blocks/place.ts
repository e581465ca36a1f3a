/** A place counted from 1, as somebody types it; null when there is no such place. */
export const readPlace = (typed: string, count: number): number | null => {
  const digits = typed.trim();
  const place = /^\d+$/.test(digits) ? Number(digits) : 0;
  return place >= 1 && place <= count ? place : null;
};
