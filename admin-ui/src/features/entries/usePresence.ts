import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { AnnouncePresence } from './queries';
import { tab } from './tab';

export type Colleague = { tab: string; name: string; block: string | null };

const alone = 12_000;
const together = 5_000;

/**
 * Who else has this open. Says so of this window while it is in sight, and tells when somebody saved a newer draft than
 * the one that is known here.
 */
export const usePresence = (entry: string, block: string | null, known: string, onNewer: () => void): Colleague[] => {
  const client = useClient();
  const [others, setOthers] = useState<Colleague[]>([]);
  const latest = useRef({ block, known, onNewer });
  useEffect(() => {
    latest.current = { block, known, onNewer };
  });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const say = (leaving: boolean) =>
      client
        .mutation(AnnouncePresence, { input: { id: entry, tab, block: latest.current.block, leaving } })
        .toPromise();
    const announce = async () => {
      const before = latest.current.known;
      const presence = (await say(false)).data?.announcePresence.presence;
      if (ended) return;
      if (presence != null) {
        const there = presence.others.map((each) => ({
          tab: each.tab,
          name: each.user?.name ?? '',
          block: each.block,
        }));
        setOthers((now) => (JSON.stringify(now) === JSON.stringify(there) ? now : there));
        const { known: now, onNewer: newer } = latest.current;
        if (presence.latest !== before && before === now) newer();
      }
      timer = setTimeout(announce, presence != null && presence.others.length > 0 ? together : alone);
    };
    const onVisibility = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') void announce();
    };
    void announce();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
      void say(true);
    };
  }, [client, entry]);

  return others;
};
