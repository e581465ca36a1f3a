/** What is asked before two leads become one. */
export const mergeText = {
  title: 'Is this one person?',
  why: 'Why do you look at both?',
  whyHelp: 'Your name, the time and this reason go on record for both. Leave out names and health details.',
  show: 'Show both',
  stays: 'stays',
  goes: 'is closed',
  name: 'Name',
  phone: 'Phone',
  email: 'E-mail',
  received: 'Received',
  message: 'Message',
  same: 'same',
  follows: (goes: string, stays: string) => [
    `${goes} is closed as a duplicate; work goes on in ${stays}.`,
    `Its history stands in the timeline of ${stays} too.`,
    'What either of them forbids is not done: the stricter way to reach them holds.',
    'For a day they can be taken apart again.',
  ],
  reason: 'Why is it one person?',
  submit: 'Merge the two',
};
