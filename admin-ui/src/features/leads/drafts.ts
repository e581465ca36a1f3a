import { useState } from 'react';
import { currentSession } from '~/gql/session';
import { holdWindow } from '~/gql/signingOut';

/*
 * Notes that are being written, by lead and by where they stand: going through the list with J and K must not cost anybody a sentence. Only
 * in memory. Signing out loads a new page, and in another window so does whoever signs in next, unless it is the one who
 * wrote; so nothing of it is read by anybody else.
 */
const drafts = new Map<string, string>();
let letGo: (() => void) | null = null;

const warn = (event: BeforeUnloadEvent) => {
  // Over an expired session somebody else may have signed in: then nothing may hold the page.
  if (currentSession().kind === 'in') event.preventDefault();
};

/** What is being written at `place`, and how it goes on. */
export const useDraft = (place: string): [string, (words: string) => void] => {
  const [words, setWords] = useState(() => drafts.get(place) ?? '');
  const write = (next: string) => {
    setWords(next);
    keepDraft(place, next);
  };
  return [words, write];
};

const keepDraft = (place: string, words: string) => {
  if (words.trim() === '') drafts.delete(place);
  else drafts.set(place, words);
  if (drafts.size > 0) letGo ??= hold();
  else {
    letGo?.();
    letGo = null;
  }
};

/** Of whoever is erased no word stays, written or sent. */
export const dropDrafts = (lead: string) => {
  for (const place of [...drafts.keys()]) if (place.startsWith(`${lead}/`)) keepDraft(place, '');
};

/** The browser asks before the window goes, and a sign-out in another one leaves it as it is. */
const hold = () => {
  const end = holdWindow();
  window.addEventListener('beforeunload', warn);
  return () => {
    end();
    window.removeEventListener('beforeunload', warn);
  };
};
