import type { Block, Values } from './block';
import { rebase } from './patch';
import { type Path, pathName, withValue } from './path';

/*
 * What is being edited, with its history. Every state shares what did not change with the one before, so undoing is
 * going back to an earlier object, and nothing has changed exactly when it is the saved object again.
 */

export type Document = {
  /** The last part of the address, which is not part of a revision. */
  readonly slug: string;
  /** Title, summary and whatever else the entry has beside its blocks. */
  readonly fields: Values;
  readonly blocks: readonly Block[];
};

export type DocumentState = {
  readonly present: Document;
  /** What the server has of it. */
  readonly saved: Document;
  readonly past: readonly Document[];
  readonly future: readonly Document[];
  /** The field that is being typed in: letters that follow each other are undone together. */
  readonly typing: { readonly where: string; readonly at: number } | null;
};

export type DocumentAction =
  | { type: 'slug'; value: string; at: number }
  | { type: 'field'; path: Path; value: unknown; at: number }
  | { type: 'update'; key: string; path: Path; value: unknown; at: number }
  | { type: 'insert'; index: number; blocks: readonly Block[] }
  | { type: 'remove'; keys: readonly string[] }
  /** `count` blocks that follow each other, one if it is left out; `to` is where the first of them is then. */
  | { type: 'move'; from: number; to: number; count?: number }
  /** Another block in place of the one that has its key. */
  | { type: 'turn'; block: Block }
  | { type: 'undo' }
  | { type: 'redo' }
  /** Several blocks in place of one. */
  | { type: 'split'; key: string; blocks: readonly Block[] }
  /** Another document in place of this one, as an edit that can be undone. */
  | { type: 'replace'; document: Document }
  /** The server took `sent` and answered it with what others wrote; what was written here meanwhile stays unsaved. */
  | { type: 'merged'; sent: Document; answered: Document; saved: Document }
  /** What the server has, in place of everything; there is nothing to undo. */
  | { type: 'load'; document: Document };

/** Blocks of one document, at the most; the server holds to it. */
export const mostBlocks = 300;

const mostSteps = 200;
const pause = 1000;

export const startWith = (document: Document): DocumentState => ({
  present: document,
  saved: document,
  past: [],
  future: [],
  typing: null,
});

export const isDirty = ({ present, saved }: DocumentState): boolean => present !== saved;

const step = (state: DocumentState, present: Document): DocumentState => ({
  ...state,
  present,
  past: [...state.past, state.present].slice(-mostSteps),
  future: [],
  typing: null,
});

const typed = (state: DocumentState, present: Document, where: string, at: number): DocumentState => {
  const goesOn = state.typing !== null && state.typing.where === where && at - state.typing.at < pause;
  const next = goesOn ? { ...state, present, future: [] } : step(state, present);
  return { ...next, typing: { where, at } };
};

const withBlocks = (state: DocumentState, blocks: readonly Block[]) => step(state, { ...state.present, blocks });

export const documentReducer = (state: DocumentState, action: DocumentAction): DocumentState => {
  const { present } = state;
  const { blocks } = present;
  switch (action.type) {
    case 'slug':
      return typed(state, { ...present, slug: action.value }, 'slug', action.at);
    case 'field': {
      const fields = withValue(present.fields, action.path, action.value) as Values;
      return typed(state, { ...present, fields }, `field ${pathName(action.path)}`, action.at);
    }
    case 'update': {
      const place = blocks.findIndex(({ key }) => key === action.key);
      const block = blocks[place];
      if (block === undefined) return state;
      const values = withValue(block.values, action.path, action.value) as Values;
      const next = { ...present, blocks: blocks.with(place, { ...block, values }) };
      return typed(state, next, `${action.key} ${pathName(action.path)}`, action.at);
    }
    case 'insert':
      return action.blocks.length === 0
        ? state
        : withBlocks(state, blocks.toSpliced(action.index, 0, ...action.blocks));
    case 'remove': {
      const left = blocks.filter(({ key }) => !action.keys.includes(key));
      return left.length === blocks.length ? state : withBlocks(state, left);
    }
    case 'move': {
      const { from, count = 1 } = action;
      const moved = blocks.slice(from, from + count);
      const to = Math.max(0, Math.min(blocks.length - moved.length, action.to));
      if (moved.length === 0 || to === from) return state;
      return withBlocks(state, blocks.toSpliced(from, moved.length).toSpliced(to, 0, ...moved));
    }
    case 'turn': {
      const place = blocks.findIndex(({ key }) => key === action.block.key);
      return place === -1 ? state : withBlocks(state, blocks.with(place, action.block));
    }
    case 'undo': {
      const before = state.past.at(-1);
      if (before === undefined) return state;
      return {
        ...state,
        present: before,
        past: state.past.slice(0, -1),
        future: [present, ...state.future],
        typing: null,
      };
    }
    case 'redo': {
      const [after, ...future] = state.future;
      if (after === undefined) return state;
      return { ...state, present: after, past: [...state.past, present], future, typing: null };
    }
    case 'split': {
      const place = blocks.findIndex(({ key }) => key === action.key);
      return place === -1 ? state : withBlocks(state, blocks.toSpliced(place, 1, ...action.blocks));
    }
    case 'replace':
      return step(state, action.document);
    case 'merged': {
      const { sent, answered, saved } = action;
      if (sent === answered) return { ...state, saved, typing: null };
      const brought = (document: Document) => rebase(document, sent, answered);
      // What others wrote is no step of this person's: undoing goes back to before their own words, not before those.
      return {
        present: brought(present),
        saved,
        past: state.past.map(brought),
        future: state.future.map(brought),
        typing: null,
      };
    }
    case 'load':
      return startWith(action.document);
  }
};

/** The key of the block in which two documents first differ; null when it is none of those that remain. */
export const firstChange = (before: Document, after: Document): string | null => {
  const place = after.blocks.findIndex((block, index) => block !== before.blocks[index]);
  return after.blocks[place]?.key ?? null;
};
