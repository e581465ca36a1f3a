/*
 * What the windows of one entry say to each other: editors what is written in them, previews that they listen and which
 * block was clicked. Each names itself by its `tab`.
 */

import type { Document as Draft } from '~/blocks/document';

/** Raised when a message means something else, so that windows of two releases leave each other alone. */
const version = 1;

export type Message =
  /** An editor has come. */
  | { kind: 'opened'; tab: string }
  /** What is written in an editor: because somebody wrote, or only because a preview asked. */
  | { kind: 'draft'; tab: string; draft: Draft; active: string | null; asked: boolean }
  /** An editor has gone. */
  | { kind: 'closed'; tab: string }
  /** A preview is there and wants to know what is written. */
  | { kind: 'hello'; tab: string }
  | { kind: 'bye'; tab: string }
  /** A block was clicked in a preview; for the editor `tab`. */
  | { kind: 'pick'; tab: string; block: string };

const kinds: ReadonlySet<unknown> = new Set<Message['kind']>(['opened', 'draft', 'closed', 'hello', 'bye', 'pick']);

/** What came over a channel, if it is a message of this release. */
export const readMessage = (data: unknown): Message | null => {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('v' in data)) return null;
  return data.v === version && kinds.has(data.kind) ? (data as unknown as Message) : null;
};

export type Channel = { say: (message: Message) => void; close: () => void };

/** Speaks with the other windows of an entry; null where the browser has no such thing. */
export const openChannel = (entry: string, onMessage: (message: Message) => void): Channel | null => {
  if (typeof BroadcastChannel === 'undefined') return null;
  const channel = new BroadcastChannel(`hillside-preview-${entry}`);
  channel.onmessage = ({ data }) => {
    const message = readMessage(data);
    if (message !== null) onMessage(message);
  };
  return {
    say: (message) => channel.postMessage({ v: version, ...message }),
    close: () => channel.close(),
  };
};

/**
 * Says that a window has come, and that it goes: with what is answered, or with its page. A page the browser kept for
 * the way back comes again without being made anew.
 */
export const whileHere = (come: () => void, go: () => void): (() => void) => {
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) come();
  };
  come();
  window.addEventListener('pageshow', comeBack);
  window.addEventListener('pagehide', go);
  return () => {
    window.removeEventListener('pageshow', comeBack);
    window.removeEventListener('pagehide', go);
    go();
  };
};
