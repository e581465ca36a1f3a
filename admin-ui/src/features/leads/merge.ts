import type { Lead, LeadRow } from './queries';

/* Two leads of one person: what may be brought together, and taken apart again. */

/** A lead, as far as another tells of it. */
export type Named = { id: string; reference: string };

/** A lead that was merged into another. */
export type Merged = Named & { version: number };

const undoHours = 24;

/** Whether `other` may go into `lead`. */
export const mayMerge = (lead: Standing, other: Standing): boolean =>
  lead.status !== 'ADMITTED' &&
  lead.status !== 'CLOSED' &&
  other.status !== 'ADMITTED' &&
  other.mergedInto === null &&
  other.erasedAt === null;

/** Until when a merged lead can be taken apart, or null when it cannot. */
export const apartUntil = ({ mergedAt }: Pick<LeadRow, 'mergedAt'>, now: number): number | null => {
  const until = mergedAt === null ? null : Date.parse(mergedAt) + undoHours * 3_600_000;
  return until === null || now > until ? null : until;
};

/** The lead that went, as the one it went into knows it. */
export const mergedNow = (lead: Pick<Lead, 'timeline'>, id: string): Merged | null =>
  lead.timeline.find(({ kind, other }) => kind === 'MERGED' && other?.id === id)?.other ?? null;

type Standing = Pick<LeadRow, 'status' | 'mergedInto' | 'erasedAt'>;
