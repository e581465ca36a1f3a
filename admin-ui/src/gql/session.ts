import { useSyncExternalStore } from 'react';
import { graphql, type ResultOf } from '~/gql/graphql';
import { announceSigningOut, answerSigningOut, isHeld } from '~/gql/signingOut';
import { type Answer, post } from '~/gql/transport';

/*
 * Who is signed in, and the access token, which lives in this variable and nowhere else. The refresh cookie is
 * out of the script's reach; trading it for a new token is done by one tab at a time, because it is replaced each time.
 */

const ViewerFields = graphql(`
  fragment ViewerFields on Viewer @_unmask {
    user { id name email role }
    permissions
    sessionExpiresAt
  }
`);

const Refresh = graphql(
  `
    mutation Refresh {
      refresh {
        session { accessToken accessTokenExpiresAt viewer { ...ViewerFields } }
        userErrors { code message path }
      }
    }
  `,
  [ViewerFields],
);

const SignIn = graphql(
  `
    mutation SignIn($input: SignInInput!) {
      signIn(input: $input) {
        session { accessToken accessTokenExpiresAt viewer { ...ViewerFields } }
        userErrors { code message path }
      }
    }
  `,
  [ViewerFields],
);

const SetUpOwner = graphql(
  `
    mutation SetUpOwner($input: SetUpOwnerInput!) {
      setUpOwner(input: $input) {
        session { accessToken accessTokenExpiresAt viewer { ...ViewerFields } }
        userErrors { code message path }
      }
    }
  `,
  [ViewerFields],
);

const SignOut = graphql(`
  mutation SignOut {
    signOut { ok }
  }
`);

type Payload = ResultOf<typeof Refresh>['refresh'];
type Session = NonNullable<Payload['session']>;
export type UserError = Payload['userErrors'][number];
export type Viewer = Session['viewer'];
export type Permission = Viewer['permissions'][number];

export type SessionState =
  | { kind: 'starting' }
  | { kind: 'unreachable' }
  | { kind: 'out' }
  | { kind: 'in'; viewer: Viewer }
  /** The session ended elsewhere; the screen behind keeps what was typed while the same person signs in again. */
  | { kind: 'expired'; viewer: Viewer };

export type SignInAnswer = { ok: true } | { ok: false; userErrors: UserError[]; failure: string | null };

const unreachableText = 'The server cannot be reached. Check your connection and try again.';
const refreshAheadMs = 60_000;
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('hillside-session');

let state: SessionState = { kind: 'starting' };
let token: { value: string; expiresAt: number } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let refreshing: Promise<void> | null = null;
let takenOver = false;
const listeners = new Set<() => void>();

const become = (next: SessionState) => {
  state = next;
  for (const listener of listeners) listener();
};

const accept = (session: Session, serverNow: number) => {
  const before = state;
  if (before.kind === 'expired' && before.viewer.user.id !== session.viewer.user.id) {
    // Somebody else signed in over an expired screen: nothing of the former person may remain, nor be sent as theirs.
    takenOver = true;
    token = null;
    leave('/admin/');
    return;
  }
  // Measured against the server's clock: a wrong clock here must not make every token look expired.
  const lifetime = Date.parse(session.accessTokenExpiresAt) - serverNow;
  token = { value: session.accessToken, expiresAt: Date.now() + lifetime };
  clearTimeout(timer);
  timer = setTimeout(() => void refresh(), Math.max(5_000, lifetime - refreshAheadMs));
  become({ kind: 'in', viewer: session.viewer });
};

const lose = () => {
  token = null;
  clearTimeout(timer);
  become(state.kind === 'in' || state.kind === 'expired' ? { kind: 'expired', viewer: state.viewer } : { kind: 'out' });
};

/** Whether somebody else signed in over this screen. It is about to go, and nothing may hold it. */
export const isTakenOver = (): boolean => takenOver;

const leave = (path: string) => window.location.replace(path);

const exclusively = <T>(work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request('hillside-refresh', work) : work();

/** A new access token for the refresh cookie. Concurrent callers, in this tab and in others, take turns. */
export const refresh = (): Promise<void> => {
  if (takenOver) return Promise.resolve();
  refreshing ??= exclusively(async () => {
    const answer = await post(Refresh, {});
    if (answer.kind === 'data' && answer.data.refresh.session !== null) {
      accept(answer.data.refresh.session, answer.serverNow);
    } else if (answer.kind === 'unreachable') {
      if (state.kind === 'starting') become({ kind: 'unreachable' });
      else if (state.kind === 'in') timer = setTimeout(() => void refresh(), 5_000);
    } else {
      lose();
    }
  }).finally(() => {
    refreshing = null;
  });
  return refreshing;
};

/** Resolves once it is known who is here. */
export const ready = async (): Promise<SessionState> => {
  if (state.kind === 'unreachable') become({ kind: 'starting' });
  if (state.kind === 'starting') await refresh();
  return state;
};

export const accessToken = (): string | null => token?.value ?? null;

export const tokenIsStale = (): boolean => token === null || token.expiresAt - Date.now() < 15_000;

const entered = (answer: Answer<unknown>, payload: Payload | null): SignInAnswer => {
  if (answer.kind === 'unreachable') return { ok: false, userErrors: [], failure: unreachableText };
  if (answer.kind === 'refused') return { ok: false, userErrors: [], failure: answer.message };
  if (payload?.session == null) return { ok: false, userErrors: payload?.userErrors ?? [], failure: null };
  accept(payload.session, answer.serverNow);
  channel?.postMessage('signed-in');
  return { ok: true };
};

export const signIn = async (input: { email: string; password: string }): Promise<SignInAnswer> => {
  const answer = await post(SignIn, { input });
  return entered(answer, answer.kind === 'data' ? answer.data.signIn : null);
};

export const setUpOwner = async (input: {
  token: string;
  name: string;
  email: string;
  password: string;
}): Promise<SignInAnswer> => {
  const answer = await post(SetUpOwner, { input });
  return entered(answer, answer.kind === 'data' ? answer.data.setUpOwner : null);
};

/**
 * Ends the session on the server and in every tab of this browser; a full page load leaves nothing in memory, but for
 * tabs with unsaved words, which wait for whoever wrote them.
 */
export const signOut = async (): Promise<boolean> => {
  if (channel !== null) await announceSigningOut(channel);
  if (tokenIsStale()) await refresh();
  const answer = await post(SignOut, {}, accessToken());
  if (answer.kind === 'unreachable') return false;
  channel?.postMessage('signed-out');
  leave('/admin/login');
  return true;
};

channel?.addEventListener('message', ({ data }) => {
  if (data === 'signing-out' && channel !== null) void answerSigningOut(channel);
  if (data === 'signed-out' && state.kind !== 'out') {
    if (state.kind !== 'starting' && isHeld()) lose();
    else leave('/admin/login');
  }
  if (data === 'signed-in' && (state.kind === 'out' || state.kind === 'expired')) void refresh();
});

if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && state.kind === 'in' && tokenIsStale()) void refresh();
  });
}

export const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const currentSession = (): SessionState => state;

export const useSession = (): SessionState => useSyncExternalStore(subscribe, currentSession);

/** The signed-in person. Only below the shell, which is never drawn without one. */
export const useViewer = (): Viewer => {
  const session = useSession();
  if (session.kind === 'in' || session.kind === 'expired') return session.viewer;
  throw new Error('This screen needs a session.');
};

export const useCan = (permission: Permission): boolean => useViewer().permissions.includes(permission);
