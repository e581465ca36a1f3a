import type { UserError } from '~/gql/session';
import { newLeadText } from './newLeadText';
import { type Next, pickAfter, timeOfNext } from './next';
import type { ContactMethod, CreateLeadInput, LeadRelationship, UnderAge } from './queries';

/* What somebody says on the telephone, while it is written down. In the memory of one dialog, and nowhere else. */

export type Call = {
  name: string;
  phone: string;
  email: string;
  relationship: LeadRelationship;
  underAge: UnderAge;
  message: string;
  insurance: string;
  voicemail: boolean;
  sayWhoCalls: boolean;
  /** Whether texts are safe; that they are agreed to is another thing. */
  text: boolean;
  preferred: ContactMethod | null;
  bestTime: string;
  agreed: boolean;
  agreedToTexts: boolean;
  next: Next;
};

/** Changes some of what is written, which mends what was wrong with it. */
export type Write = (change: Partial<Call>) => void;

/** Before anything is said: nothing is allowed, and it goes on as after any call on which somebody was reached. */
export const noCall: Call = {
  name: '',
  phone: '',
  email: '',
  relationship: 'SELF',
  underAge: 'NOT_SAID',
  message: '',
  insurance: '',
  voicemail: false,
  sayWhoCalls: false,
  text: false,
  preferred: null,
  bestTime: '',
  agreed: false,
  agreedToTexts: false,
  next: { pick: pickAfter.REACHED, other: '' },
};

/** Whether there is anything to lose. */
export const isWritten = (call: Call): boolean => {
  const { next, ...said } = call;
  const words = (Object.keys(said) as (keyof typeof said)[]).some((field) => {
    const value = said[field];
    return typeof value === 'string' ? value.trim() !== noCall[field] : value !== noCall[field];
  });
  return words || next.pick !== noCall.next.pick;
};

/** As the server takes it. What is missing or wrong is left to its judgement, which tells all of it at once. */
export const inputOf = (call: Call, idempotencyKey: string, now: number): CreateLeadInput => {
  const at = timeOfNext(call.next, now);
  return {
    idempotencyKey,
    name: call.name,
    contact: { phone: call.phone, email: call.email },
    relationship: call.relationship,
    underAge: call.underAge,
    safeContact: {
      voicemail: call.voicemail,
      text: call.text,
      sayWhoCalls: call.sayWhoCalls,
      preferred: call.preferred,
      bestTime: call.bestTime,
    },
    insurance: call.insurance,
    message: call.message,
    agreed: call.agreed,
    // The question is not asked where texts are not safe.
    agreedToTexts: call.text && call.agreedToTexts,
    nextActionAt: at === null ? null : new Date(at).toISOString(),
  };
};

/** The server speaks to whoever writes; here a colleague reads what to ask for. */
export const staffErrors = (userErrors: UserError[]): UserError[] =>
  userErrors.map((error) => {
    const { code, path } = error;
    const message = newLeadText.refused[`${path.at(-1)} ${code}`];
    return message === undefined ? error : { ...error, message };
  });

/** Made once for a call and sent with every attempt, so that none makes a second lead. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
