import { type Block, newKey, type Values } from './block';
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
  | { type: 'insert'; index: number; block: Block }
  | { type: 'duplicate'; key: string; copy?: string }
  | { type: 'remove'; key: string }
  | { type: 'move'; from: number; to: number }
  | { type: 'undo' }
  | { type: 'redo' }
  /** Several blocks in place of one. */
  | { type: 'split'; key: string; blocks: readonly Block[] }
  /** Another document in place of this one, as an edit that can be undone. */
  | { type: 'replace'; document: Document }
  /** The server took `document`; what was written meanwhile stays unsaved. */
  | { type: 'saved'; document: Document }
  /** What the server has, in place of everything; there is nothing to undo. */
  | { type: 'load'; document: Document };

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
      return withBlocks(state, blocks.toSpliced(action.index, 0, action.block));
    case 'duplicate': {
      const place = blocks.findIndex(({ key }) => key === action.key);
      const block = blocks[place];
      if (block === undefined) return state;
      return withBlocks(state, blocks.toSpliced(place + 1, 0, { ...block, key: action.copy ?? newKey() }));
    }
    case 'remove': {
      const left = blocks.filter(({ key }) => key !== action.key);
      return left.length === blocks.length ? state : withBlocks(state, left);
    }
    case 'move': {
      const block = blocks[action.from];
      const to = Math.max(0, Math.min(blocks.length - 1, action.to));
      if (block === undefined || to === action.from) return state;
      return withBlocks(state, blocks.toSpliced(action.from, 1).toSpliced(to, 0, block));
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
    case 'saved':
      return { ...state, saved: action.document, typing: null };
    case 'load':
      return startWith(action.document);
  }
};

/** The key of the block in which two documents first differ; null when it is none of those that remain. */
export const firstChange = (before: Document, after: Document): string | null => {
  const place = after.blocks.findIndex((block, index) => block !== before.blocks[index]);
  return after.blocks[place]?.key ?? null;
};
