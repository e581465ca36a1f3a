import type { ConsentKind, ContactMethod } from '../queries';
import type { Scope, Whose } from './queries';

export const spokenText = {
  title: 'Consent given by word',
  person: 'Who agreed?',
  people: {
    INQUIRER: 'Whoever wrote',
    PATIENT: 'Who needs help, themself',
  } satisfies Record<Whose, string>,
  kind: 'To what?',
  kinds: {
    CONTACT: 'That they may be contacted',
    TEXTS: 'That they may be sent texts',
  } satisfies Record<ConsentKind, string>,
  read: 'Read it to them, word for word:',
  failed: 'The wording could not be loaded. Close this and try again.',
  scopes: 'By which ways?',
  ways: {
    CALL: 'Calls',
    VOICEMAIL: 'Messages on the voicemail',
    EMAIL: 'E-mails',
    TEXT: 'Texts',
  } satisfies Record<Scope, string>,
  noScopes: 'Choose at least one way.',
  submit: 'They said yes',
  agreed: (ways: string) => `They agreed themself to: ${ways}.`,
  patient: 'Who needs help',
  patientUnknown: 'Not known yet.',
  patientNotAsked: 'They agreed to nothing: do not call or write to them.',
  patientBy: {
    PHONE: 'Call the patient',
    TEXT: 'Text the patient',
    EMAIL: 'E-mail the patient',
  } satisfies Record<ContactMethod, string>,
};
