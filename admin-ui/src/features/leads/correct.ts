import type { ContactMethod, Correction, Lead, LeadRelationship } from './queries';
import type { Person } from './reveal';

export type Whose = 'INQUIRER' | 'PATIENT';

/** What is written into the form. */
export type Form = {
  name: string;
  phone: string;
  email: string;
  relationship: LeadRelationship;
  voicemail: boolean;
  text: boolean;
  sayWhoCalls: boolean;
  preferred: ContactMethod | null;
};

/** The form as it opens: what is known of whoever wrote, or of the patient. */
export const formOf = (lead: Lead, person: Person, whose: Whose): Form => {
  const of = whose === 'PATIENT' ? person.patient : person;
  return {
    name: of?.name ?? '',
    phone: of?.phoneDisplay ?? of?.phone ?? '',
    email: of?.email ?? '',
    relationship: lead.relationship,
    voicemail: lead.safeContact.voicemail,
    text: lead.safeContact.text,
    sayWhoCalls: lead.safeContact.sayWhoCalls,
    preferred: lead.safeContact.preferred,
  };
};

/** What is different, as the server is told; null where nothing is. */
export const changeOf = (before: Form, after: Form): Correction | null => {
  const change = Object.fromEntries(
    Object.entries(after).filter(([field, value]) => value !== before[field as keyof Form]),
  ) as Correction;
  return Object.keys(change).length === 0 ? null : change;
};
