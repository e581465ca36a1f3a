import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { type Document, type DocumentAction, type DocumentState, documentReducer, isDirty } from '~/blocks/document';
import type { Saving } from '~/ui/SaveState';
import { type Entry, type EntryVerbs, readDocument, writeContent } from './entry';
import { type Found, fromRefusal } from './problems';
import { text } from './text';

export type Conflict = { theirs: Entry | null; note: string | undefined };

export type SavingDesk = {
  /** The entry as the server last had it; what is written rests on its draft. */
  base: Entry;
  setBase: (entry: Entry) => void;
  saving: Saving;
  /** What the last save was refused for. */
  refused: Found | null;
  conflict: Conflict | null;
  /** Saves what is unsaved; answers the entry as it is then, or null when it could not be saved. */
  save: (options?: { note?: string; onto?: Entry }) => Promise<Entry | null>;
  /** Brings mine and theirs together and saves that; answers why not, where both changed the same place. */
  keepBoth: () => Promise<string | null>;
  readTheirs: () => Promise<void>;
  closeConflict: () => void;
  /** Lets theirs take the place of mine; answers mine. */
  takeTheirs: (theirs: Entry) => Document;
};

type Trouble = Extract<Saving, { kind: 'failed' | 'refused' | 'conflict' }>;

const isOffline = () => typeof navigator !== 'undefined' && navigator.onLine === false;

/**
 * Saving by hand, one request at a time. A newer version on the server is never written over without asking, and what
 * could not be sent stays and is tried again when the connection is back.
 */
export const useSaving = (
  first: Entry,
  verbs: EntryVerbs,
  state: DocumentState,
  dispatch: (action: DocumentAction) => void,
  onRefused: RefObject<(found: Found) => void>,
): SavingDesk => {
  const [base, setBase] = useState(first);
  const [busy, setBusy] = useState(false);
  const [savedAt, setSavedAt] = useState<number | null>(() => Date.parse(first.draft.createdAt));
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [refused, setRefused] = useState<Found | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const running = useRef<Promise<Entry | null> | null>(null);
  const latest = useRef({ base, state, verbs, trouble });
  useEffect(() => {
    latest.current = { base, state, verbs, trouble };
  });

  const save = useCallback<SavingDesk['save']>(
    (options = {}) => {
      // What was written while a save was on its way goes with the next one.
      const turn = running.current?.then((saved) => (saved === null ? null : send(options))) ?? send(options);
      running.current = turn;
      return turn.finally(() => {
        if (running.current === turn) running.current = null;
      });

      async function send({ note, onto }: { note?: string; onto?: Entry }): Promise<Entry | null> {
        const { base: known, state: now, verbs: server } = latest.current;
        const under = onto ?? known;
        if (!isDirty(now) && note === undefined && onto === undefined) return known;
        let sent = now.present;
        if (sent.slug === known.slug && under.slug !== known.slug) {
          // They moved it and I did not: it stays where they put it.
          sent = { ...sent, slug: under.slug };
          dispatch({ type: 'replace', document: sent });
        }
        setBusy(true);
        const answer = await server.save({
          baseRevision: under.draft.id,
          content: writeContent(sent),
          ...(sent.slug === under.slug ? {} : { slug: sent.slug }),
          ...(note === undefined ? {} : { note }),
        });
        setBusy(false);
        if (answer.kind === 'done') {
          // At once, not with the next drawing: another save may wait for its turn.
          const after = documentReducer(latest.current.state, { type: 'saved', document: sent });
          latest.current = { ...latest.current, base: answer.entry, state: after, trouble: null };
          setBase(answer.entry);
          setSavedAt(Date.now());
          setTrouble(null);
          setRefused(null);
          setConflict(null);
          dispatch({ type: 'saved', document: sent });
          return answer.entry;
        }
        if (answer.kind === 'failed') {
          setTrouble({ kind: 'failed', message: isOffline() ? text.saving.offline : answer.message });
          return null;
        }
        if (answer.userErrors.some(({ code }) => code === 'CONFLICT')) {
          setTrouble({ kind: 'conflict' });
          setConflict({ theirs: await server.read(), note });
          return null;
        }
        const found = fromRefusal(answer.userErrors, sent);
        setRefused(found);
        setTrouble({ kind: 'refused', message: text.saving.mend(found.problems.length) });
        onRefused.current(found);
        return null;
      }
    },
    [dispatch, onRefused],
  );

  useEffect(() => {
    const again = () => {
      if (latest.current.trouble?.kind === 'failed') void save();
    };
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [save]);

  const dirty = isDirty(state);
  const saving: Saving = busy
    ? { kind: 'saving' }
    : !dirty
      ? { kind: 'saved', at: savedAt }
      : (trouble ?? { kind: 'changed' });

  return {
    base,
    setBase,
    saving,
    refused,
    conflict,
    save,
    keepBoth: async () => {
      const { base: known, state: now } = latest.current;
      setBusy(true);
      const answer = await verbs.save({
        baseRevision: known.draft.id,
        content: writeContent(now.present),
        ontoOthers: true,
        ...(now.present.slug === known.slug ? {} : { slug: now.present.slug }),
        ...(conflict?.note === undefined ? {} : { note: conflict.note }),
      });
      setBusy(false);
      if (answer.kind === 'failed') return answer.message;
      if (answer.kind === 'refused') return answer.userErrors.map(({ message }) => message).join(' ');
      setBase(answer.entry);
      setSavedAt(Date.parse(answer.entry.draft.createdAt));
      setTrouble(null);
      setRefused(null);
      setConflict(null);
      // The dialog lies over the document, so nothing was written meanwhile.
      dispatch({ type: 'load', document: readDocument(answer.entry) });
      return null;
    },
    readTheirs: async () => {
      const theirs = await verbs.read();
      setConflict((before) => (before === null ? null : { ...before, theirs }));
    },
    closeConflict: () => setConflict(null),
    takeTheirs: (theirs) => {
      const mine = latest.current.state.present;
      setBase(theirs);
      setSavedAt(Date.parse(theirs.draft.createdAt));
      setTrouble(null);
      setRefused(null);
      setConflict(null);
      dispatch({ type: 'load', document: readDocument(theirs) });
      return mine;
    },
  };
};
