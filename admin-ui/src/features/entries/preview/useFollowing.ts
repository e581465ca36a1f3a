import { useCallback, useEffect, useReducer, useRef } from 'react';
import { tab, untilGone } from '../tab';
import { type Channel, openChannel, whileHere } from './channel';
import { alone, type Following, follow } from './follow';

/** Follows what is written in an editor of the entry in another window, while there is one. */
export const useFollowing = (entry: string): Following & { pick: (block: string) => void } => {
  const [following, dispatch] = useReducer(follow, alone);
  const channel = useRef<Channel | null>(null);

  useEffect(() => {
    const there = openChannel(entry, (message) => {
      dispatch(message);
      if (message.kind === 'opened' || message.kind === 'closed') hello();
    });
    const hello = () => there?.say({ kind: 'hello', tab });
    channel.current = there;
    const leave = whileHere(hello, () => there?.say({ kind: 'bye', tab }));
    return () => {
      leave();
      there?.close();
      channel.current = null;
    };
  }, [entry]);

  // A window that is torn down says nothing any more.
  const followed = following.editor?.tab;
  useEffect(() => {
    if (followed === undefined) return;
    const ended = new AbortController();
    void untilGone(followed, ended.signal).then(() => {
      if (!ended.signal.aborted) dispatch({ kind: 'closed', tab: followed });
    });
    return () => ended.abort();
  }, [followed]);

  const pick = useCallback(
    (block: string) => {
      if (followed === undefined) return;
      channel.current?.say({ kind: 'pick', tab: followed, block });
      // Only the window that was clicked in may bring another to the front, and only the one that opened it.
      (window.opener as Window | null)?.focus();
    },
    [followed],
  );
  return { ...following, pick };
};
