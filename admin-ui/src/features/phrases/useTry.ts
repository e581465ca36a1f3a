import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { type PhraseKind, type Tried, TryPhrases } from './queries';

/** Milliseconds without a key before it is asked. */
const pause = 350;

type Answer = { kind: 'none' } | { kind: 'failed' } | { kind: 'answered'; found: Tried };

/** What would be found in `sentence`, and which lines of `own` are no phrases, a moment after somebody typed. */
export const useTry = (kind: PhraseKind, own: string, sentence: string): Answer => {
  const client = useClient();
  const [answer, setAnswer] = useState<Answer>({ kind: 'none' });
  useEffect(() => {
    if (own.trim() === '' && sentence.trim() === '') {
      setAnswer({ kind: 'none' });
      return;
    }
    let late = false;
    const timer = setTimeout(async () => {
      const asked = { kind, own, text: sentence };
      const { data } = await client.query(TryPhrases, asked, { requestPolicy: 'network-only' });
      if (!late) setAnswer(data === undefined ? { kind: 'failed' } : { kind: 'answered', found: data.tryLeadPhrases });
    }, pause);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [client, kind, own, sentence]);
  return answer;
};
