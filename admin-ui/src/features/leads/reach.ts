import { isForbidden, textsTakenBackAt } from './consent';
import type { Whose } from './correct';
import type { ContactMethod, Lead } from './queries';
import type { Person } from './reveal';

/* By which ways a person may be reached. What was not allowed is not offered. */

export type Way = { method: ContactMethod; href: string };
export type TextsRefused = 'unsafe' | 'no-consent' | 'taken-back';
type Terms = Pick<Lead, 'safeContact' | 'consent' | 'timeline' | 'ways'>;

/**
 * Why no text may be sent, or null when it may: it has to be safe *and* agreed to. Taking back the one makes the other
 * unsafe too, so that reason comes first.
 */
export const textsRefused = (lead: Terms): TextsRefused | null => {
  if (textsTakenBackAt(lead) !== null) return 'taken-back';
  return !lead.safeContact.text ? 'unsafe' : lead.consent?.texts !== true ? 'no-consent' : null;
};

/**
 * The ways by which somebody may have been tried: what was given, and is safe and agreed to. Masked numbers and addresses
 * tell enough.
 */
export const openWays = (lead: Terms & Pick<Lead, 'phone' | 'email'>): ContactMethod[] => {
  if (isForbidden(lead)) return [];
  const ways: ContactMethod[] = [];
  if (lead.phone) ways.push('PHONE');
  if (lead.phone && textsRefused(lead) === null) ways.push('TEXT');
  if (lead.email) ways.push('EMAIL');
  return agreed(lead.ways, ways);
};

/** What each way takes that somebody agrees to. */
const scopes = { PHONE: 'CALL', TEXT: 'TEXT', EMAIL: 'EMAIL' } as const satisfies Record<ContactMethod, string>;
const methods = ['PHONE', 'TEXT', 'EMAIL'] as const satisfies ContactMethod[];

const agreed = (to: Lead['ways'], ways: readonly ContactMethod[]): ContactMethod[] =>
  ways.filter((method) => to.includes(scopes[method]));

/** The ways by which the patient may be tried, whom somebody else wrote for: only those they agreed to themself. */
export const patientWays = (lead: Pick<Lead, 'patientWays' | 'safeContact'>): ContactMethod[] =>
  lead.safeContact.suppression?.holds ? [] : agreed(lead.patientWays, methods);

/** Whether a message may be left on their voicemail. */
export const mayLeaveVoicemail = (lead: Pick<Lead, 'ways' | 'patientWays' | 'safeContact'>, whose: Whose): boolean =>
  whose === 'PATIENT'
    ? lead.patientWays.includes('VOICEMAIL')
    : lead.safeContact.voicemail && lead.ways.includes('VOICEMAIL');

/** The ways that are open, the one the person likes best first. A call to a given number is, unless they may not be contacted. */
export const waysToReach = (lead: Terms, person: Pick<Person, 'phone' | 'email'>): Way[] => {
  if (isForbidden(lead)) return [];
  const { preferred } = lead.safeContact;
  return addressed(person)
    .filter(({ method }) => lead.ways.includes(scopes[method]))
    .filter(({ method }) => method !== 'TEXT' || textsRefused(lead) === null)
    .toSorted((one, other) => Number(other.method === preferred) - Number(one.method === preferred));
};

/** The same for the patient. */
export const waysToPatient = (
  lead: Pick<Lead, 'patientWays' | 'safeContact'>,
  patient: NonNullable<Person['patient']>,
): Way[] => {
  const open = patientWays(lead);
  return addressed(patient).filter(({ method }) => open.includes(method));
};

const addressed = ({ phone, email }: Pick<Person, 'phone' | 'email'>): Way[] => {
  const ways: Way[] = [];
  const number = phone === null ? null : dialable(phone);
  if (number !== null) ways.push({ method: 'PHONE', href: `tel:${number}` }, { method: 'TEXT', href: `sms:${number}` });
  const address = email === null ? null : mailable(email);
  if (address !== null) ways.push({ method: 'EMAIL', href: `mailto:${address}` });
  return ways;
};

/** Nothing but a number gets into the address. */
const dialable = (phone: string): string | null => (/^\+?\d{3,15}$/.test(phone) ? phone : null);

/** Escaped, so that an address with `?` in it cannot bring a subject or further recipients along. */
const mailable = (email: string): string | null => {
  const at = email.lastIndexOf('@');
  return at < 1 ? null : `${encodeURIComponent(email.slice(0, at))}@${encodeURIComponent(email.slice(at + 1))}`;
};
