import { useEffect, useState } from 'react';

/*
 * What is read aloud before anything is kept. Only the public schema tells the wordings in force, so they are asked for
 * there, by nobody in particular.
 */

const document = '{ leadForm(key: "confidential") { consent { wording } textConsent { wording } } }';

export type Wordings = { contact: string; texts: string };

/** The wordings in force; null where they cannot be had. */
const readWordings = async (signal: AbortSignal): Promise<Wordings | null> => {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'omit',
      headers: { accept: 'application/graphql-response+json', 'content-type': 'application/json' },
      body: JSON.stringify({ query: document }),
      signal,
    });
    return wordingsOf(await response.json());
  } catch {
    return null;
  }
};

/** Null for an answer without both of them. */
export const wordingsOf = (answer: unknown): Wordings | null => {
  const form = (answer as { data?: { leadForm?: { [of: string]: { wording?: unknown } | undefined } | null } | null })
    .data?.leadForm;
  const contact = form?.['consent']?.wording;
  const texts = form?.['textConsent']?.wording;
  return typeof contact === 'string' && typeof texts === 'string' ? { contact, texts } : null;
};

export type WordingsState = { kind: 'reading' | 'failed' } | { kind: 'read'; wordings: Wordings };

/** The wordings in force, and how to ask again where they could not be had. */
export const useWordings = (): [WordingsState, () => void] => {
  const [state, setState] = useState<WordingsState>({ kind: 'reading' });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again.
  useEffect(() => {
    const given = new AbortController();
    setState({ kind: 'reading' });
    void readWordings(given.signal).then((wordings) => {
      if (!given.signal.aborted) setState(wordings === null ? { kind: 'failed' } : { kind: 'read', wordings });
    });
    return () => given.abort();
  }, [turn]);
  return [state, () => setTurn((count) => count + 1)];
};
