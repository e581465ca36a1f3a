const plural = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'lead' : 'leads'}`;

/** What is said of taking leads out in a file. */
export const exportText = {
  more: 'More with leads',
  open: 'Export…',
  title: 'Export leads',
  goes: [
    {
      title: 'A file leaves Hillside',
      body: 'Names, telephone numbers and e-mail addresses of people who asked for help stand in it in clear. Hillside can no longer protect them, or erase them from it.',
    },
    {
      title: 'It goes on record',
      body: 'Your name, the time and the reason stand in the audit log, in the timeline of each lead and in the file.',
    },
    {
      title: 'Do not pass it on',
      body: 'Federal law (42 CFR Part 2) forbids that without the person’s written consent. Delete it once it is used.',
    },
  ],
  holds:
    'Status, dates, source and how to reach people. Not what they wrote, their insurance, notes, or anyone erased.',
  from: 'Received from',
  to: 'to',
  noDay: 'Choose a day.',
  backwards: 'This is before the first day. Choose the same day or a later one.',
  status: 'Status',
  anyStatus: 'Any',
  reason: 'What do you need them for?',
  reasonHelp: 'Stays on record. 3 to 200 characters, without names or health details.',
  submit: 'Export',
  saved: (leads: number) => `The file with ${plural(leads)} was saved.`,
  unreachable: 'Hillside could not be reached. Nothing may have been saved: look, then try again.',
  broken: 'The file broke off. Export once more, and delete what was saved.',
};
