import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { byRest, type Located, newestOf, type Seen } from '~/blocks/presence';
import { useLive } from '~/gql/live';
import { accessToken } from '~/gql/session';
import { post } from '~/gql/transport';
import { AnnouncePresence, EntryChanged } from './queries';
import { tab } from './tab';

/** Somebody else who has this open, and where they are in it. */
export type Colleague = Located;

const alone = 12_000;
const together = 5_000;
/** How long somebody rests at a block before the others are told; who only passes through is not seen there. */
const settled = 600;

/**
 * Who else has this open. Says so of this window while it is in sight, and tells when somebody saved a newer draft than
 * the one that is known here.
 */
export const usePresence = (
  entry: string,
  block: string | null,
  known: string,
  onNewer: () => void,
): readonly Colleague[] => {
  const client = useClient();
  const [others, setOthers] = useState<readonly Colleague[]>([]);
  const latest = useRef({ block, known, onNewer });
  useEffect(() => {
    latest.current = { block, known, onNewer };
  });
  const sayNow = useRef(() => {});

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    let windows: readonly Seen[] = [];
    const say = (leaving: boolean) =>
      client
        .mutation(AnnouncePresence, { input: { id: entry, tab, block: latest.current.block, leaving } })
        .toPromise();
    const announce = async () => {
      const before = latest.current.known;
      const presence = (await say(false)).data?.announcePresence.presence;
      if (ended) return;
      if (presence != null) {
        windows = byRest(
          windows,
          presence.others.map(({ tab: window, block: there, user }) => ({
            tab: window,
            person: user?.id ?? window,
            name: user?.name ?? '',
            block: there,
          })),
        );
        const there = newestOf(windows);
        setOthers((now) => (JSON.stringify(now) === JSON.stringify(there) ? now : there));
        const { known: now, onNewer: newer } = latest.current;
        if (presence.latest !== before && before === now) newer();
      }
      clearTimeout(timer);
      timer = setTimeout(announce, presence != null && presence.others.length > 0 ? together : alone);
    };
    const onVisibility = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') void announce();
    };
    sayNow.current = onVisibility;
    // Else whoever reloads stands beside themselves until the server takes the former window for gone.
    const onPageHide = () => {
      const input = { id: entry, tab, block: null, leaving: true };
      void post(AnnouncePresence, { input }, accessToken(), { keepalive: true });
    };
    window.addEventListener('pagehide', onPageHide);
    void announce();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      ended = true;
      sayNow.current = () => {};
      clearTimeout(timer);
      window.removeEventListener('pagehide', onPageHide);
      document.removeEventListener('visibilitychange', onVisibility);
      void say(true);
    };
  }, [client, entry]);

  const accompanied = others.length > 0;
  // Alone, what is heard of are one's own saves.
  useLive(EntryChanged, { id: entry }, () => sayNow.current(), !accompanied);
  const said = useRef(block);
  useEffect(() => {
    if (!accompanied || said.current === block) return;
    const timer = setTimeout(() => {
      said.current = block;
      sayNow.current();
    }, settled);
    return () => clearTimeout(timer);
  }, [block, accompanied]);

  return others;
};
