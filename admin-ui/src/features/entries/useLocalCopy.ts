import { useEffect, useRef, useState } from 'react';
import { type DocumentState, isDirty } from '~/blocks/document';
import { shared } from '~/blocks/patch';
import { useSession, useViewer } from '~/gql/session';
import type { Entry } from './entry';
import { forget, type Kept, keep, takeUp } from './local';

/** Milliseconds after a change until it is on this device. */
const soon = 300;

/**
 * Keeps what the server has not confirmed on this device, and drops the copy when it has. Written anew as the session
 * ends, because signing out in another window clears what is stored.
 */
export const useLocalCopy = (base: Entry, state: DocumentState, writes: boolean) => {
  const { user } = useViewer();
  const kept = useRef(false);
  const dirty = isDirty(state);
  const ended = useSession().kind === 'expired';
  const wroteIn = useRef(ended);
  useEffect(() => {
    if (!writes) return;
    const anew = wroteIn.current !== ended;
    wroteIn.current = ended;
    if (!dirty) {
      void forget(user.id, base.id);
      kept.current = false;
      return;
    }
    const { saved, present } = state;
    const write = () => void keep(user.id, { base, saved, present, at: Date.now() });
    const timer = setTimeout(write, kept.current && !anew ? soon : 0);
    kept.current = true;
    return () => clearTimeout(timer);
  }, [writes, dirty, ended, state, base, user.id]);
};

/** What an earlier window left of an entry: undefined until it is known, null when there is nothing. */
export const useKept = (entry: string | undefined): Kept | null | undefined => {
  const { user } = useViewer();
  const [found, setFound] = useState<{ of: string; kept: Kept | null } | null>(null);
  useEffect(() => {
    if (entry === undefined) return;
    let wanted = true;
    void takeUp(user.id, entry).then((kept) => {
      if (!wanted) return;
      // Stored copies share nothing any more; what is equal is made one again.
      setFound({ of: entry, kept: kept && { ...kept, present: shared(kept.present, kept.saved) } });
    });
    return () => {
      wanted = false;
    };
  }, [entry, user.id]);
  return found?.of === entry ? found?.kept : undefined;
};
