/** What is asked where a lead's people are set right. */
export const correctText = {
  open: 'Set right…',
  title: 'Set right who it is',
  whose: 'Whose data?',
  inquirer: 'Who wrote',
  patient: 'The patient',
  patientHelp: 'The patient agreed to nothing: nobody calls or writes to them.',
  name: 'Name',
  relationship: 'For whom they write',
  safe: 'What is safe',
  allowed: {
    voicemail: 'A voicemail may be left',
    sayWhoCalls: 'The caller may say who calls',
    text: 'A text may be sent',
  },
  preferred: 'The way they like best',
  any: 'No matter',
  noName: 'Write how they are called; a first name is enough.',
  noWay: 'Leave a phone number or an e-mail address.',
  reason: 'looking at what was set right',
  submit: 'Save what is right',
};
