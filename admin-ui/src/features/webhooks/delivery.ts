import type { Delivery } from './queries';

/** What became of a message so far. */
export type Outcome =
  | { kind: 'taken' }
  /** It is sent in this moment, or in the next. */
  | { kind: 'onItsWay' }
  | { kind: 'waiting'; until: string }
  | { kind: 'givenUp' };

export const outcomeOf = (
  { deliveredAt, nextAttemptAt }: Pick<Delivery, 'deliveredAt' | 'nextAttemptAt'>,
  now: number,
): Outcome => {
  if (deliveredAt !== null) return { kind: 'taken' };
  if (nextAttemptAt === null) return { kind: 'givenUp' };
  return Date.parse(nextAttemptAt) > now ? { kind: 'waiting', until: nextAttemptAt } : { kind: 'onItsWay' };
};

/** What a message is about: its type, and how much it touches. What cannot be read is counted as nothing. */
export type Summary = { type: string; paths: string[]; tags: number };

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const partOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

export const summaryOf = (body: string): Summary => {
  const told = parsed(body);
  const type = partOf(told, 'type');
  const data = partOf(told, 'data');
  return {
    type: typeof type === 'string' ? type : '',
    paths: listOf(partOf(data, 'paths')).filter((path) => typeof path === 'string'),
    tags: listOf(partOf(data, 'tags')).length,
  };
};

/** With line breaks, to be read; as it is where it is no JSON. */
export const readable = (body: string): string => {
  const told = parsed(body);
  return told === undefined ? body : JSON.stringify(told, null, 2);
};

/** What is tried within this time is waited for. */
const soonMs = 20_000;

/** Whether something changes in the next seconds, so that looking again is worth it. */
export const changesSoon = (deliveries: readonly Pick<Delivery, 'nextAttemptAt'>[], now: number): boolean =>
  deliveries.some(({ nextAttemptAt }) => nextAttemptAt !== null && Date.parse(nextAttemptAt) < now + soonMs);

/** What a webhook goes by: what it is for, or else where it leads. */
export const nameOf = ({ description, url }: { description: string; url: string }): string =>
  description === '' ? url.replace(/^https?:\/\//, '') : description;
