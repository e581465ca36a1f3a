import type { Shift } from './queries';

type Person = NonNullable<Shift['user']>;

/** Who is on shift at `now`, the next first; a shift that ended since the server was asked is over. */
export const onShift = (shifts: Shift[], now: number): { user: Person; until: string }[] =>
  shifts.flatMap(({ user, until }) => (user === null || Date.parse(until) <= now ? [] : [{ user, until }]));

/** Who gets the next lead; whoever has it is passed over. */
export const nextOnShift = (shifts: Shift[], has: string | undefined, now: number): Person | null =>
  onShift(shifts, now).find(({ user }) => user.id !== has)?.user ?? null;
