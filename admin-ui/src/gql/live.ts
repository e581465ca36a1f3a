import { stringifyDocument, type TypedDocumentNode } from '@urql/core';
import type { Client } from 'graphql-ws';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { accessToken, currentSession, subscribe as onSession, refresh, tokenIsStale } from '~/gql/session';
import { endpoint } from '~/gql/transport';

/*
 * What the server says by itself: that something changed, never what. One socket for the whole window, opened when
 * somebody follows something, closed a while after nobody does, and opened again for as long as somebody is signed in.
 * Whoever follows looks again at what they show; the server says so at the beginning of each connection.
 */

const forbidden = 4403;
const longest = 30_000;
/** How often the server is asked whether it is still there, and how long it may take: a cut cable closes nothing. */
const asking = 12_000;
const patience = 5_000;

let connected = false;
const watchers = new Set<() => void>();

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

/** Where the socket is, once there is somebody who may have one. */
const address = async () => {
  await signedIn();
  return new URL(endpoint, window.location.href).href.replace(/^http/, 'ws');
};

const credentials = async () => {
  if (tokenIsStale()) await refresh();
  return { accessToken: accessToken() };
};

let opening: Promise<Client> | null = null;

const open = (): Promise<Client> => {
  opening ??= import('graphql-ws').then(({ createClient }) => {
    let unanswered: ReturnType<typeof setTimeout> | undefined;
    const client = createClient({
      url: address,
      connectionParams: credentials,
      lazyCloseTimeout: 5_000,
      keepAlive: asking,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      // Not all at once: a server that comes back is asked by everybody who waited for it.
      retryWait: (turn) =>
        new Promise((resolve) => setTimeout(resolve, Math.min(longest, 500 * 2 ** turn) * (0.5 + Math.random() / 2))),
      on: {
        connected: () => become(true),
        ping: (received) => {
          if (!received) unanswered = setTimeout(() => client.terminate(), patience);
        },
        pong: (received) => {
          if (received) clearTimeout(unanswered);
        },
        closed: (event) => {
          clearTimeout(unanswered);
          become(false);
          // The session may have ended: whoever asks for a new token is told.
          if ((event as CloseEvent).code === forbidden) void refresh();
        },
      },
    });
    return client;
  });
  // What could not be loaded is tried again by whoever follows something next.
  opening.catch(() => {
    opening = null;
  });
  return opening;
};

/** Whether there is a connection. */
const useConnected = (): boolean =>
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
 * Calls `onChange` with what the server says on `subscription`, and with null in a field when something may have been
 * missed. Answers whether what happens is heard at once; whoever does not hear looks again now and then.
 * `variables` are compared by what they say; `paused` follows nothing.
 */
export const useLive = <Data, Variables extends Record<string, unknown>>(
  subscription: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  onChange: (data: Data) => void,
  paused = false,
): boolean => {
  const [heard, setHeard] = useState(false);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const asked = JSON.stringify(variables);
  useEffect(() => {
    if (paused) return;
    let ended = false;
    let stop = () => {};
    const deaf = () => setHeard(false);
    open().then((client) => {
      if (ended) return;
      stop = client.subscribe<Data>(
        { query: stringifyDocument(subscription), variables: JSON.parse(asked) as Variables },
        {
          next: ({ data }) => {
            setHeard(true);
            if (data) latest.current(data);
          },
          error: deaf,
          complete: deaf,
        },
      );
    }, deaf);
    return () => {
      ended = true;
      stop();
      deaf();
    };
  }, [subscription, asked, paused]);
  return useConnected() && heard;
};
