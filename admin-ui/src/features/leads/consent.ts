import type { ConsentKind, Lead } from './queries';

/* What a person agreed to, and took back. */

type Agreed = Pick<Lead, 'consent'>;

/** Whether the person has taken back that they may be contacted at all. */
export const isWithdrawn = ({ consent }: Agreed): boolean => consent?.withdrawnAt != null;

/** Whether nobody may contact the person: they took that back, or asked not to be contacted since they wrote. */
export const isForbidden = (lead: Agreed & Pick<Lead, 'safeContact'>): boolean =>
  isWithdrawn(lead) || lead.safeContact.suppression?.holds === true;

/** What can still be taken back. */
export const givenConsents = ({ consent }: Agreed): ConsentKind[] => {
  const given: ConsentKind[] = [];
  if (consent === null) return given;
  if (consent.withdrawnAt === null) given.push('CONTACT');
  if (consent.texts) given.push('TEXTS');
  return given;
};

/** When the person took back that they may be sent texts; null where they never did. The timeline alone says so. */
export const textsTakenBackAt = ({ consent, timeline }: Agreed & Pick<Lead, 'timeline'>): string | null =>
  consent?.texts === true
    ? null
    : (timeline.find(({ kind, consent: of }) => kind === 'CONSENT_WITHDRAWN' && of === 'TEXTS')?.at ?? null);
