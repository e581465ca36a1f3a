import type { LeadForm } from '@hillside-examples/blocks';
import type { LeadInput } from './queries.ts';

type Values = ReadonlyMap<string, string>;

/** What the form's fields say, as `submitLead` takes it. A field's name is its path in the input. */
export const leadInput = (form: LeadForm, values: Values, sourcePath: string): LeadInput => {
  const text = (name: string) => values.get(name) ?? '';
  const input: Record<string, unknown> = {};
  for (const { name, type } of form.fields) {
    if (type === 'CHECKBOX') put(input, name, text(name) !== '');
    // Choices that nobody made are left out: an empty text is none of them.
    else if (text(name) !== '' || (type !== 'RADIO' && type !== 'SELECT')) put(input, name, text(name));
  }
  return {
    name: '',
    contact: {},
    ...input,
    idempotencyKey: text('idempotencyKey'),
    form: form.key,
    // What was filled in is judged by what was asked, however long the page stood open.
    formVersion: Number(text('formVersion')) || form.version,
    placement: text('placement'),
    sourcePath,
    consents: consents(form, text),
    website: text('website'),
  };
};

/** What was agreed to, by the wordings that were shown. */
const consents = (form: LeadForm, text: (name: string) => string): LeadInput['consents'] => [
  ...(text('consents') === '' ? [] : [{ text: text('consents'), accepted: true, scopes: ways(text) }]),
  ...(text('safeContact.text') === ''
    ? []
    : [{ text: form.textConsent.id, accepted: true, scopes: ['TEXT' as const] }]),
];

/** The ways to be reached that the person gave. */
const ways = (text: (name: string) => string) => [
  ...(text('contact.phone') === '' ? [] : ['CALL' as const]),
  ...(text('contact.phone') === '' || text('safeContact.voicemail') === '' ? [] : ['VOICEMAIL' as const]),
  ...(text('contact.email') === '' ? [] : ['EMAIL' as const]),
];

const put = (into: Record<string, unknown>, name: string, value: unknown): void => {
  const [first = '', ...rest] = name.split('.');
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const below = (into[first] ?? {}) as Record<string, unknown>;
  into[first] = below;
  put(below, rest.join('.'), value);
};
