import { stringifyDocument, type TypedDocumentNode } from '@urql/core';
import type { Client } from 'graphql-ws';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { accessToken, currentSession, subscribe as onSession, refresh, tokenIsStale } from '~/gql/session';
import { endpoint } from '~/gql/transport';

/*
 * What the server says by itself: that something changed, never what. One socket for the whole window, opened when
 * somebody follows something, closed a while after nobody does, and opened again for as long as somebody is signed in.
 * Whoever follows looks again at what they show, also after each time the socket was gone.
 */

const forbidden = 4403;
const longest = 30_000;

let connected = false;
const watchers = new Set<() => void>();
const followers = new Set<() => void>();

const become = (next: boolean) => {
  if (connected === next) return;
  connected = next;
  for (const watcher of watchers) watcher();
};

const signedIn = () =>
  new Promise<void>((resolve) => {
    if (currentSession().kind === 'in') return resolve();
    const stop = onSession(() => {
      if (currentSession().kind !== 'in') return;
      stop();
      resolve();
    });
  });

const credentials = async () => {
  await signedIn();
  if (tokenIsStale()) await refresh();
  return { accessToken: accessToken() };
};

let opening: Promise<Client> | null = null;

const open = (): Promise<Client> => {
  opening ??= import('graphql-ws').then(({ createClient }) => {
    let before = false;
    return createClient({
      url: new URL(endpoint, window.location.href).href.replace(/^http/, 'ws'),
      connectionParams: credentials,
      lazyCloseTimeout: 5_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      // Not all at once: a server that comes back is asked by everybody who waited for it.
      retryWait: (turn) =>
        new Promise((resolve) => setTimeout(resolve, Math.min(longest, 500 * 2 ** turn) * (0.5 + Math.random() / 2))),
      on: {
        connected: () => {
          become(true);
          if (before) for (const follower of followers) follower();
          before = true;
        },
        closed: (event) => {
          become(false);
          // The session may have ended: whoever asks for a new token is told.
          if ((event as CloseEvent).code === forbidden) void refresh();
        },
      },
    });
  });
  return opening;
};

/** Whether what happens is heard at once. */
export const useConnected = (): boolean =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
      };
    },
    () => connected,
  );

/**
 * Calls `onChange` with what the server says on `subscription`, and with null when something may have been missed.
 * `variables` are compared by what they say; `paused` follows nothing.
 */
export const useLive = <Data, Variables extends Record<string, unknown>>(
  subscription: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  onChange: (data: Data | null) => void,
  paused = false,
) => {
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const asked = JSON.stringify(variables);
  useEffect(() => {
    if (paused) return;
    let ended = false;
    let stop = () => {};
    const missed = () => latest.current(null);
    followers.add(missed);
    void open().then((client) => {
      if (ended) return;
      stop = client.subscribe<Data>(
        { query: stringifyDocument(subscription), variables: JSON.parse(asked) as Variables },
        {
          next: ({ data }) => latest.current(data ?? null),
          // What may not be followed is still looked at now and then.
          error: () => {},
          complete: () => {},
        },
      );
    });
    return () => {
      ended = true;
      followers.delete(missed);
      stop();
    };
  }, [subscription, asked, paused]);
};
