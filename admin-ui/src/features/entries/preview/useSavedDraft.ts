import { useEffect, useState } from 'react';
import type { Document as Draft } from '~/blocks/document';
import { type Entry, readDocument } from '../entry';

/** What an editor sends as it closes has arrived by then. */
const settledMs = 1_000;

/**
 * The last saved draft of an entry, read anew after an editor has closed with `left` written in it, and when somebody
 * comes back to this window. Until it is read, what was left there.
 */
export const useSavedDraft = (
  entry: Entry,
  read: () => Promise<Entry | null>,
  { following, left }: { following: boolean; left: Draft | null },
): Draft => {
  const [saved, setSaved] = useState(() => readDocument(entry));
  const [settled, setSettled] = useState<Draft | null>(null);

  useEffect(() => {
    if (following) return;
    const look = async () => {
      const now = await read();
      if (now === null) return;
      setSaved(readDocument(now));
      setSettled(left);
    };
    const timer = left === null ? undefined : setTimeout(() => void look(), settledMs);
    const onFocus = () => void look();
    window.addEventListener('focus', onFocus);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('focus', onFocus);
    };
  }, [following, left, read]);

  return left !== null && left !== settled ? left : saved;
};
