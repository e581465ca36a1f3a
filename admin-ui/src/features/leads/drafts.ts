import { currentSession } from '~/gql/session';

/*
 * Notes that are being written, by lead: going through the list with J and K must not cost anybody a sentence. Only
 * in memory. Signing out loads a new page, so nothing of it outlives the person who wrote.
 */
const drafts = new Map<string, string>();

const warn = (event: BeforeUnloadEvent) => {
  // Over an expired session somebody else may have signed in: then nothing may hold the page.
  if (currentSession().kind === 'in') event.preventDefault();
};

export const draftOf = (lead: string): string => drafts.get(lead) ?? '';

export const keepDraft = (lead: string, words: string) => {
  if (words.trim() === '') drafts.delete(lead);
  else drafts.set(lead, words);
  if (drafts.size > 0) window.addEventListener('beforeunload', warn);
  else window.removeEventListener('beforeunload', warn);
};
