import type { Field } from './days';
import type { PastTime } from './queries';

const number = new Intl.NumberFormat('en');
const people = (count: number) => `${number.format(count)} ${count === 1 ? 'person' : 'people'}`;
const are = (count: number) => (count === 1 ? 'is' : 'are');

/** How many one confirmation erases. */
const atOnce = 1_000;

export const text = {
  title: 'Retention',
  failed: 'How long leads are kept could not be loaded',
  intro:
    'How long leads are kept once nobody works them any more. Each hour, people past their time are erased for good; the reference, times and outcome stay. Whoever is kept for a legal matter is not erased.',
  periods: 'Erase after',
  days: 'days',
  fields: {
    spamDays: {
      label: 'Spam',
      help: 'Closed as spam, or looks like it and nobody tried to answer; from its last change.',
    },
    closedDays: { label: 'Closed', help: 'Closed with any other outcome, from its last change.' },
    admittedDays: {
      label: 'Admitted',
      help: 'Became a patient, from when their hand-over was confirmed. Their medical record is kept elsewhere.',
    },
  } satisfies Record<Field, { label: string; help: string }>,
  range: 'Choose between 1 and 3,650 days.',
  save: 'Save',
  discard: 'Discard',
  saved: 'How long leads are kept was saved.',
  notSaved: 'It was not saved',
  refused: 'Try again in a moment.',
  unsaved: 'How long leads are kept is not saved yet.',
  conflict: {
    title: 'Somebody changed these periods meanwhile',
    body: 'Yours are still here, and not saved.',
    theirs: 'Show what is saved',
    mine: 'Save mine over it',
  },
  past: {
    title: 'Past their time now',
    kinds: { spam: 'Spam', closed: 'Closed', admitted: 'Admitted' } satisfies Record<
      Exclude<keyof PastTime, 'toBeConfirmed'>,
      string
    >,
    count: (count: number) => number.format(count),
    nobody: 'Nobody is past their time.',
    soon: 'They are erased within the hour.',
  },
  waiting: {
    title: (count: number) => `${people(count)} ${are(count)} past their time. Nobody is erased until you say so.`,
    body: 'That is more than usual: a period may have been mistyped. Look at the days above first. The hourly round waits until you confirm it here.',
    open: (count: number) => `Erase ${people(count)} now…`,
  },
  confirm: {
    title: (count: number) => `Erase ${people(Math.min(count, atOnce))} for good?`,
    body: 'Their names, contacts, messages, notes and insurance are gone, for you too, and nobody can bring them back. Copies in backups go when those backups are deleted.',
    most: (count: number) =>
      count > atOnce
        ? `Of ${people(count)}, ${number.format(atOnce)} are erased at once. Confirm it again for the rest.`
        : null,
    now: (count: number) => `Erase ${people(Math.min(count, atOnce))}`,
    keep: 'Keep them',
    done: 'Those past their time were erased.',
    refused: 'Nobody was erased',
    failed: 'It may not have been finished',
  },
  forbidden: {
    title: 'Retention is not for your role',
    body: 'Only the owner of the centre chooses how long leads are kept. Ask them if you need it changed.',
  },
};
