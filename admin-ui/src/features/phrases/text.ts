import type { PhraseKind } from './queries';

export const text = {
  title: 'Phrases',
  failed: 'The phrases could not be loaded',
  forbidden: {
    title: 'Phrases are not for your role',
    body: 'They are kept by whoever keeps the settings. Ask the owner of the centre if you need them for your work.',
  },
  lists: {
    DANGER: {
      title: 'Words of danger',
      intro:
        'Whoever writes one of these may be in danger now: the form shows what to do and whom to call, and the lead is urgent. Nothing is refused or delayed. Where you are unsure, add the phrase.',
      placeholder: '[English: overdose]\nblue flamingo',
      hint: 'One phrase a line below a heading such as [English: suicide]. The top of Hillside’s list tells everything a line may say.',
      trySentence: 'Try a message for danger',
    },
    SALES: {
      title: 'Words of whoever sells something',
      intro:
        'A lead with one of these looks like spam. It is kept, staff can clear it, and whoever sent it gets the same answer as anybody.',
      placeholder: 'buy our mattresses',
      hint: 'One phrase of two or more words a line. An exclamation mark before a phrase takes one of Hillside’s out: !seo services',
      trySentence: 'Try a message for spam',
    },
  } satisfies Record<PhraseKind, unknown>,
  own: (title: string) => `${title}: your own`,
  standard: (title: string) => `${title}: what Hillside comes with`,
  standardHelp: 'Always in force, and kept up to date with Hillside.',
  tryHelp: 'What you wrote above counts, saved or not. Nothing is kept.',
  dangers: {
    SUICIDE: 'suicide or self-harm',
    OVERDOSE: 'an overdose',
    WITHDRAWAL: 'a dangerous withdrawal',
    VIOLENCE: 'violence',
  },
  found: (what: string[]) => `Found: ${what.join(', ')}.`,
  sells: 'Found: it reads like an offer.',
  nothing: 'Nothing is found in it.',
  notTried: 'That could not be tried just now.',
  badLine: (line: number, message: string) => `Line ${line}: ${message}`,
  save: (title: string) => `Save “${title}”`,
  saved: 'Saved. It counts for whoever writes from now on.',
  discard: 'Discard changes',
  notSaved: 'It was not saved',
  mend: 'Some lines need mending first.',
  unsaved: 'What you changed since the last save would be lost.',
  conflict: {
    title: 'Somebody changed this list meanwhile',
    body: 'What you typed is kept. Choose which version stands.',
    theirs: 'Read theirs',
    mine: 'Save mine over it',
  },
};
