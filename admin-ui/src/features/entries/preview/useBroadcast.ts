import { useEffect, useRef } from 'react';
import type { Document as Draft } from '~/blocks/document';
import { tab } from '../tab';
import { type Channel, openChannel, whileHere } from './channel';

type Written = { draft: Draft; active: string | null };

/** Tells what is written here to whatever previews of the entry are open in other windows, and hears what is clicked there. */
export const useBroadcast = (entry: string, { draft, active }: Written, onPick: (block: string) => void) => {
  const latest = useRef({ draft, active, onPick });
  const channel = useRef<Channel | null>(null);
  const listening = useRef(new Set<string>());
  useEffect(() => {
    latest.current = { draft, active, onPick };
  });

  useEffect(() => {
    const windows = listening.current;
    const there = openChannel(entry, (message) => {
      switch (message.kind) {
        case 'hello': {
          windows.add(message.tab);
          const { draft: written, active: at } = latest.current;
          there?.say({ kind: 'draft', tab, draft: written, active: at, asked: true });
          break;
        }
        case 'bye':
          windows.delete(message.tab);
          break;
        case 'pick':
          if (message.tab === tab) latest.current.onPick(message.block);
      }
    });
    if (there === null) return;
    channel.current = there;
    const leave = whileHere(
      () => there.say({ kind: 'opened', tab }),
      () => there.say({ kind: 'closed', tab }),
    );
    return () => {
      leave();
      there.close();
      channel.current = null;
      windows.clear();
    };
  }, [entry]);

  useEffect(() => {
    // A document is copied to be said; with nobody there that would be for nothing, at every key.
    if (listening.current.size > 0) channel.current?.say({ kind: 'draft', tab, draft, active, asked: false });
  }, [draft, active]);
};
