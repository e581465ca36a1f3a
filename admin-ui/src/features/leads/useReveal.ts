import { useCallback, useEffect, useState } from 'react';
import { useSession } from '~/gql/session';
import type { Person } from './reveal';

const minutesShown = 10;

export type Revealed = { person: Person; until: number };

/**
 * The person in clear, for ten minutes at most. It is state of the component that calls this and is gone with it;
 * it also goes when the session ends, because then nobody knows who sits at the screen.
 */
export const useReveal = () => {
  const session = useSession();
  const [revealed, setRevealed] = useState<Revealed | null>(null);
  const hide = useCallback(() => setRevealed(null), []);
  const show = useCallback((person: Person) => setRevealed({ person, until: Date.now() + minutesShown * 60_000 }), []);

  /** What is different of somebody in sight; it is not in sight for longer by it. */
  const mend = useCallback(
    (change: Partial<Person>) =>
      setRevealed((now) => (now === null ? null : { ...now, person: { ...now.person, ...change } })),
    [],
  );

  const until = revealed?.until;
  useEffect(() => {
    if (until === undefined) return;
    const check = () => {
      if (Date.now() >= until) setRevealed(null);
    };
    const timer = setTimeout(check, until - Date.now());
    // Timers stand still while a machine sleeps; the clock does not.
    document.addEventListener('visibilitychange', check);
    window.addEventListener('focus', check);
    // A browser may keep the page for its back button.
    window.addEventListener('pagehide', hide);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', hide);
      document.removeEventListener('visibilitychange', check);
      window.removeEventListener('focus', check);
    };
  }, [until, hide]);

  const lost = session.kind !== 'in';
  useEffect(() => {
    if (lost) setRevealed(null);
  }, [lost]);

  return { revealed: lost ? null : revealed, show, mend, hide };
};
