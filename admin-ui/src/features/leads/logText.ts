import type { Whose } from './correct';

/** What is asked where a call or a message is written down. */
export const logText = {
  title: { call: 'Log a call', message: 'Log a message' },
  what: 'What was it?',
  kinds: { call: 'Call', message: 'Message' },
  outcome: 'What came of it?',
  noOutcome: 'Say what came of the call.',
  noVoicemail: 'Voicemail is not offered: this person did not allow one. If one was left, say so in the note.',
  minutes: 'Minutes',
  minutesHelp: 'If you know how long it was.',
  notMinutes: 'Give whole minutes, up to four hours.',
  channel: 'How did you write?',
  channels: { TEXT: 'A text', EMAIL: 'An e-mail' },
  noChannel: 'Say how you wrote.',
  noEmail: 'They gave no e-mail address.',
  noPhone: 'They gave no phone number.',
  answered: 'They have answered',
  noteHelp: 'What was said or is to be done. Everybody who works leads reads it.',
  submit: { call: 'Save the call', message: 'Save the message' },
  to: 'With whom?',
  people: { INQUIRER: 'Whoever wrote', PATIENT: 'Who needs help' } satisfies Record<Whose, string>,
  patientNotAsked: 'They agreed to no calls themself: only a call of theirs is written down here.',
  inbound: 'They called us',
  onlyInbound: 'They are not to be contacted: only a call of theirs is written down here.',
  noCalls: 'They did not agree to calls: only a call of theirs is written down here.',
  noNumber: 'They gave no phone number: only a call of theirs is written down here.',
};
