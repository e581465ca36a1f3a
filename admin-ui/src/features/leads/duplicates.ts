import type { LeadRow } from './queries';

/* Other leads of whoever wrote one: those with the same phone number or e-mail address. */

/** The most the server tells of. */
const most = 20;

/** Whether they came before this one, after it, or some of them each. */
export type Around = 'before' | 'after' | 'both';

export const aroundWhen = (lead: Received, others: Received[]): Around => {
  const later = others.filter((other) => Date.parse(other.receivedAt) > Date.parse(lead.receivedAt)).length;
  return later === 0 ? 'before' : later === others.length ? 'after' : 'both';
};

/** How many, as it is read: there may be more than the server tells of. */
export const countWords = (others: readonly unknown[]): string =>
  others.length < most ? `${others.length}` : `${most}+`;

type Received = Pick<LeadRow, 'receivedAt'>;
