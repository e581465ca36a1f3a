import type { ContactMethod, UnderAge } from './queries';

/** What is said where somebody calls instead of writing. */
export const newLeadText = {
  title: 'New lead: somebody calls',
  danger: {
    label: 'In danger',
    now: 'In danger now: call 911.',
    crisis: 'Thoughts of suicide, or a crisis with drugs or alcohol:',
    crisisHow: 'call or text 988.',
  },
  needed: 'A name, one way to answer, and their yes are needed. All else can wait.',
  name: 'Name',
  nameHelp: 'What they may be called; a first name is enough.',
  phone: 'Phone',
  email: 'E-mail',
  relationship: 'For whom do they call?',
  underAge: 'Is the person who needs help under 18?',
  underAges: { NOT_SAID: 'Not said', NO: 'No', YES: 'Yes' } satisfies Record<UnderAge, string>,
  message: 'What they say',
  messageHelp: 'Sealed like what others write. Words of danger make the lead urgent.',
  insurance: 'Insurance',
  insuranceHelp: 'The name of the company; “none” and “not sure” are answers too.',
  safe: {
    legend: 'What is safe?',
    help: 'What you do not tick, nobody does.',
    allowed: {
      voicemail: 'A voicemail may be left',
      sayWhoCalls: 'Whoever calls may say who is calling',
      text: 'Texts are safe',
    },
    preferred: 'What do they like best?',
    any: 'No preference',
    ways: { PHONE: 'A call', TEXT: 'A text', EMAIL: 'An e-mail' } satisfies Record<ContactMethod, string>,
    bestTime: 'Best time',
    bestTimeHelp: 'Such as “weekdays after six”.',
  },
  consent: {
    legend: 'Read this to them, word for word',
    help: 'Tick only what they said yes to. Without the first nothing may be kept.',
    agreed: 'They said yes',
    agreedToTexts: 'They said yes to texts',
    noTexts: 'Texts have a wording of their own; it is shown once texts are safe.',
    failed: 'The wording could not be loaded.',
    again: 'Try again',
  },
  submit: 'Save the lead',
  before: {
    title: 'It was saved already, as you first sent it.',
    lines: ['What you wrote since then is not in it. Open it, and write into a note what matters.'],
  },
  openBefore: 'Open the lead',
  drop: {
    title: 'Lose what you wrote?',
    body: 'This lead is not saved yet, and what you wrote is kept nowhere else.',
    since: 'This lead is saved as you first sent it. What you wrote since then is kept nowhere else.',
    drop: 'Lose it',
    stay: 'Go on writing',
  },
  /** By the last part of the path, and the code. */
  refused: {
    'name REQUIRED': 'Ask what they may be called; a first name is enough.',
    'contact REQUIRED': 'Ask for a phone number or an e-mail address.',
    'preferred INVALID':
      'For a call they give a number; for a text a number, that it is safe, and a yes to texts; for an e-mail an address.',
  } as { [problem: string]: string },
};
