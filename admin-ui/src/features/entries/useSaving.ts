import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { type Document, type DocumentAction, type DocumentState, documentReducer, isDirty } from '~/blocks/document';
import { patchOf, shared, wholePatch } from '~/blocks/patch';
import { currentSession, subscribe } from '~/gql/session';
import type { Saving } from '~/ui/SaveState';
import { type Conflict, type Entry, type EntryVerbs, readDocument, type SaveAnswer } from './entry';
import { type Found, fromRefusal } from './problems';
import { text } from './text';

/** How somebody settles a conflict: whose version is kept, place by place. */
export type Choice = { block: string | null; path: string[]; keep: 'THEIRS' | 'YOURS' };

export type Apart = { conflicts: Conflict[]; theirs: Entry; note: string | undefined };

export type SavingDesk = {
  /** The entry as the server last had it; what is written rests on its draft. */
  base: Entry;
  setBase: (entry: Entry) => void;
  saving: Saving;
  /** Whether there is something no version holds yet. */
  unversioned: boolean;
  /** What the last save was refused for. */
  refused: Found | null;
  /** Where somebody else wrote in the same places. */
  apart: Apart | null;
  /** Saves a version of what there is; answers the entry as it is then, or null when it could not be saved. */
  save: (options?: { note?: string }) => Promise<Entry | null>;
  /** Saves what is unsaved without making a version of it. */
  autosave: () => Promise<Entry | null>;
  /** The same of what waits for nobody's decision. */
  sendPending: () => Promise<void>;
  /** Settles what lies apart and saves; answers what was written here, for whoever gave some of it up. */
  choose: (choices: Choice[]) => Promise<Document | null>;
  closeApart: () => void;
  /** Reads what others saved since, into what is being written. */
  catchUp: () => Promise<void>;
};

type Trouble = Extract<Saving, { kind: 'failed' | 'refused' | 'conflict' }>;
type Sending = { kind: 'SAVED' | 'AUTOSAVE'; note?: string; chosen?: { choices: Choice[]; choicesOn: string } };

/** Milliseconds of rest after which what was written is saved, and the longest it waits while somebody goes on writing. */
const rest = 1_500;
const longestWait = 8_000;
/** How long to wait before a save that failed is tried again, the last for ever. */
const patience = [2_000, 5_000, 10_000, 30_000];

const isOffline = () => typeof navigator !== 'undefined' && navigator.onLine === false;

/**
 * Saving: by itself while somebody writes, as a version when they ask for it; one request at a time. What others saved
 * meanwhile comes in beside it; where both wrote in the same place the person chooses; and what could not be sent is
 * sent when the connection is back.
 */
export const useSaving = (
  first: Entry,
  verbs: EntryVerbs,
  state: DocumentState,
  dispatch: (action: DocumentAction) => void,
  onRefused: RefObject<(found: Found) => void>,
  automatic = true,
): SavingDesk => {
  const [base, setBase] = useState(first);
  const [busy, setBusy] = useState(false);
  const [savedAt, setSavedAt] = useState<number | null>(() => Date.parse(first.draft.createdAt));
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [refused, setRefused] = useState<Found | null>(null);
  const [apart, setApart] = useState<Apart | null>(null);
  const running = useRef<Promise<Entry | null> | null>(null);
  const failures = useRef(0);
  const latest = useRef({ base, state, verbs, trouble, apart });
  useEffect(() => {
    latest.current = { base, state, verbs, trouble, apart };
  });

  const send = useCallback(
    (sending: Sending) => {
      // What was written while a save was on its way goes with the next one.
      const turn = running.current?.then((saved) => (saved === null ? null : go())) ?? go();
      running.current = turn;
      return turn.finally(() => {
        if (running.current === turn) running.current = null;
      });

      async function go(): Promise<Entry | null> {
        const { base: known, state: now, verbs: server } = latest.current;
        const asVersion = sending.kind === 'SAVED';
        if (!isDirty(now) && !(asVersion && (known.draft.kind === 'AUTOSAVE' || sending.note !== undefined)))
          return known;
        const sent = now.present;
        const ask = (whole: boolean) =>
          server.save({
            baseRevision: known.draft.id,
            patch: whole ? wholePatch(sent) : patchOf(now.saved, sent),
            kind: sending.kind,
            // An address acts at once, so only a person changes it.
            ...(asVersion && sent.slug !== now.saved.slug ? { slug: sent.slug } : {}),
            ...(sending.note === undefined ? {} : { note: sending.note }),
            ...sending.chosen,
          });
        setBusy(true);
        let answer = await ask(false);
        if (isBaseGone(answer)) answer = await ask(true);
        setBusy(false);
        switch (answer.kind) {
          case 'done':
            return take(answer.entry, sent, asVersion);
          case 'apart':
            setTrouble({ kind: 'conflict' });
            setApart({ conflicts: answer.conflicts, theirs: answer.entry, note: sending.note });
            return null;
          case 'failed':
            failures.current += 1;
            setTrouble({ kind: 'failed', message: isOffline() ? text.saving.offline : answer.message });
            return null;
          case 'refused': {
            const found = fromRefusal(answer.userErrors, sent);
            setRefused(found);
            setTrouble({ kind: 'refused', message: text.saving.mend(found.problems.length) });
            if (asVersion) onRefused.current(found);
            return null;
          }
        }
      }

      function take(entry: Entry, sent: Document, asVersion: boolean): Entry {
        const { base: known, state: before } = latest.current;
        // An address that waits for a version to be saved stays as it was written.
        const waits = !asVersion && sent.slug !== before.saved.slug;
        const answered = shared({ ...readDocument(entry), ...(waits ? { slug: sent.slug } : {}) }, sent);
        const saved = waits ? { ...answered, slug: entry.slug } : answered;
        const action = { type: 'merged', sent, answered, saved } as const;
        const after = documentReducer(before, action);
        const next = { ...known, ...entry };
        // At once, not with the next drawing: another save may wait for its turn.
        latest.current = { ...latest.current, base: next, state: after, trouble: null };
        failures.current = 0;
        setBase(next);
        setSavedAt(Date.now());
        setTrouble(null);
        setRefused(null);
        setApart(null);
        dispatch(action);
        return next;
      }
    },
    [dispatch, onRefused],
  );

  const autosave = useCallback(() => send({ kind: 'AUTOSAVE' }), [send]);
  const save = useCallback<SavingDesk['save']>((options = {}) => send({ kind: 'SAVED', ...options }), [send]);

  const sendPending = useCallback(async () => {
    // What is on its way now may be without the last words.
    if (running.current !== null) await running.current;
    const { state: there, apart: choosing } = latest.current;
    if (isDirty(there) && !isOnlyMoved(there) && choosing === null) await autosave();
  }, [autosave]);

  const dirty = isDirty(state);
  const { present } = state;
  // Only the address differs: that waits for the person.
  const unsent = dirty && !isOnlyMoved(state);
  const waits = automatic && unsent && apart === null && trouble?.kind !== 'conflict';
  const since = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change begins the rest anew
  useEffect(() => {
    if (!waits) {
      since.current = null;
      return;
    }
    since.current ??= Date.now();
    const patient = failures.current > 0 ? (patience[Math.min(failures.current, patience.length) - 1] ?? rest) : 0;
    const wait = Math.max(patient, Math.min(rest, since.current + longestWait - Date.now()));
    const timer = setTimeout(
      () => {
        since.current = null;
        void autosave();
      },
      Math.max(0, wait),
    );
    return () => clearTimeout(timer);
  }, [waits, present, trouble, autosave]);

  useEffect(() => {
    if (!automatic) return;
    const now = () => void sendPending();
    const whenHidden = () => {
      if (document.visibilityState === 'hidden') now();
    };
    window.addEventListener('online', now);
    document.addEventListener('visibilitychange', whenHidden);
    return () => {
      window.removeEventListener('online', now);
      document.removeEventListener('visibilitychange', whenHidden);
      // Leaving the screen is no reason to lose what was typed last.
      now();
    };
  }, [automatic, sendPending]);

  useEffect(() => {
    let before = currentSession().kind;
    return subscribe(() => {
      const returned = before === 'expired' && currentSession().kind === 'in';
      before = currentSession().kind;
      if (!returned) return;
      // It failed for want of a session: neither that nor the patience it was met with says anything of now.
      failures.current = 0;
      setTrouble((now) => (now?.kind === 'failed' ? null : now));
      if (automatic) void sendPending();
    });
  }, [automatic, sendPending]);

  return {
    base,
    setBase,
    saving: busy ? { kind: 'saving' } : !dirty ? { kind: 'saved', at: savedAt } : (trouble ?? { kind: 'changed' }),
    // An autosave that says what is public leaves nothing to save or to publish.
    unversioned: dirty || (base.draft.kind === 'AUTOSAVE' && base.status !== 'LIVE'),
    refused,
    apart,
    save,
    autosave,
    sendPending,
    choose: async (choices) => {
      const mine = latest.current.state.present;
      const { note, theirs } = latest.current.apart ?? {};
      const chosen = theirs === undefined ? {} : { chosen: { choices, choicesOn: theirs.draft.id } };
      const saved = await send({ kind: 'SAVED', ...chosen, ...(note === undefined ? {} : { note }) });
      return saved === null ? null : mine;
    },
    closeApart: () => setApart(null),
    catchUp: async () => {
      if (isDirty(latest.current.state) || running.current !== null) return;
      const { base: known } = latest.current;
      const theirs = await verbs.read();
      const { state: now, base: still } = latest.current;
      if (theirs === null || theirs.draft.id === known.draft.id || still !== known) return;
      const answered = shared(readDocument(theirs), now.saved);
      const action = { type: 'merged', sent: now.saved, answered, saved: answered } as const;
      latest.current = { ...latest.current, base: theirs, state: documentReducer(now, action) };
      setBase(theirs);
      setSavedAt(Date.parse(theirs.draft.createdAt));
      dispatch(action);
    },
  };
};

const isBaseGone = (answer: SaveAnswer) =>
  answer.kind === 'refused' &&
  answer.userErrors.some(({ code, path }) => code === 'NOT_FOUND' && path.includes('baseRevision'));

/** Whether nothing but the address was changed. */
export const isOnlyMoved = ({ present, saved }: DocumentState) =>
  present.slug !== saved.slug && present.fields === saved.fields && present.blocks === saved.blocks;
