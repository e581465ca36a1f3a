import type { PersonField } from './queries';

/** What the timeline says happened. */
export const timelineText = {
  title: 'Timeline',
  today: 'Today',
  yesterday: 'Yesterday',
  received: 'Received',
  receivedBy: (by: string) => `${by} took the call`,
  viewed: (by: string | null) => `${by ?? 'Somebody'} revealed the person`,
  note: (by: string | null) => `${by ?? 'Somebody'} noted`,
  taken: (by: string | null) => `${by ?? 'Somebody'} took it`,
  returned: (by: string | null) => (by === null ? 'Went back to the queue' : `${by} gave it back to the queue`),
  assigned: (by: string | null, to: string) => (by === null ? `Assigned to ${to}` : `${by} assigned it to ${to}`),
  status: (by: string | null, from: string | null, to: string | null, outcome: string | null) =>
    [
      `${by ?? 'Somebody'} changed the status`,
      from === null ? '' : ` from “${from}”`,
      to === null ? '' : ` to “${to}”`,
      outcome === null ? '' : `: ${outcome.toLowerCase()}`,
    ].join(''),
  call: (by: string | null, outcome: string | null, minutes: number | null, ofPatient: boolean) =>
    [
      `${by ?? 'Somebody'} called${ofPatient ? ' the patient' : ''}`,
      outcome === null ? '' : `: ${outcome.toLowerCase()}`,
      minutes === null ? '' : ` (${minutes} min)`,
    ].join(''),
  texted: (by: string | null, answered: boolean, ofPatient: boolean) =>
    `${by ?? 'Somebody'} wrote a text${ofPatient ? ' to the patient' : ''}${answered ? ' and got an answer' : ''}`,
  emailed: (by: string | null, answered: boolean, ofPatient: boolean) =>
    `${by ?? 'Somebody'} wrote an e-mail${ofPatient ? ' to the patient' : ''}${answered ? ' and got an answer' : ''}`,
  next: (by: string | null) => `${by ?? 'Somebody'} said when it goes on`,
  somebody: 'Somebody',
  task: (by: string | null) => `${by ?? 'Somebody'} changed what is to be done`,
  urgent: (by: string | null) => (by === null ? 'Raised to urgent' : `${by} raised it to urgent`),
  insurance: (by: string | null, check: string | null) =>
    `${by ?? 'Somebody'} updated the insurance${check === null ? '' : `: ${check.toLowerCase()}`}`,
  levelOfCare: (by: string | null) => `${by ?? 'Somebody'} set the level of care`,
  corrected: (by: string | null, fields: string[], ofPatient: boolean) =>
    `${by ?? 'Somebody'} set right ${fields.join(', ')}${ofPatient ? ' of the patient' : ''}`,
  fields: {
    NAME: 'the name',
    PHONE: 'the phone number',
    EMAIL: 'the e-mail address',
    RELATIONSHIP: 'for whom they write',
    SAFE_CONTACT: 'how to reach them safely',
  } satisfies Record<PersonField, string>,
  referred: (by: string | null, place: string | null) =>
    `${by ?? 'Somebody'} referred the person ${place === null ? 'out' : `to ${place}`}`,
  referralRevoked: (place: string | null) =>
    `They took back that ${place ?? 'the place they were referred to'} may be told of them`,
  handedOver: (by: string | null) => `${by ?? 'Somebody'} confirmed the hand-over`,
  estimate: (by: string | null) => `${by ?? 'Somebody'} gave a good-faith estimate`,
  cleared: (by: string | null) => `${by ?? 'Somebody'} said that it is not spam`,
  notUrgent: (by: string | null) => (by === null ? 'No longer urgent' : `${by} said it is not urgent`),
  noTexts: 'They took back that they may be sent texts',
  suppressed: (by: string | null, how: string | null) =>
    `${by ?? 'Somebody'} wrote down that they are not to be contacted${how === null ? '' : `: ${how.toLowerCase()}`}`,
  lifted: (by: string | null) => `${by ?? 'Somebody'} wrote down that they may be contacted again`,
  calledIn: (by: string | null, minutes: number | null, ofPatient: boolean) =>
    `${ofPatient ? 'The patient' : 'They'} called, and ${by ?? 'somebody'} spoke with them${minutes === null ? '' : ` (${minutes} min)`}`,
  noContact: 'They took back that they may be contacted',
  patientTookBack: 'The patient took back what they had agreed to',
  consented: (by: string | null, texts: boolean, ofPatient: boolean) =>
    `${ofPatient ? 'The patient' : 'They'} agreed by word to be ${texts ? 'sent texts' : 'contacted'}; ${by ?? 'somebody'} read the wording`,
  expired: (had: string | null) =>
    had === null ? 'Nobody tried in time: back to the queue' : `${had} did not try in time: back to the queue`,
  merged: (by: string | null, other: string | null) =>
    `${by ?? 'Somebody'} brought it together with ${other ?? 'another lead'}`,
  unmerged: (by: string | null, other: string | null) =>
    `${by ?? 'Somebody'} took it apart from ${other ?? 'another lead'} again`,
  exported: (by: string | null) => `${by ?? 'Somebody'} took it out in a file`,
  held: (by: string | null) => `${by ?? 'Somebody'} kept it for a legal matter`,
  released: (by: string | null) => `${by ?? 'Somebody'} released it: no legal matter any more`,
  erased: (by: string | null) => (by === null ? 'Erased: its time was over' : `${by} erased the person`),
  goesOn: (at: string) => `Goes on ${at}`,
  hiddenNote: 'Only admissions staff read notes.',
};
