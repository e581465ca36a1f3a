import type { CombinedError } from 'urql';
import { readBlock, type Values, writeBlock } from '~/blocks/block';
import type { Document } from '~/blocks/document';
import type { DraftPatch } from '~/blocks/patch';
import { failureText } from '~/gql/client';
import type { EntryStatus } from '~/ui/EntryStatus';

/*
 * A page or a therapy to the editor: something with drafts, one of which the public may read. What is special to each
 * stays with its own feature.
 */

export type EntryRevision = {
  id: string;
  number: number;
  kind: 'SAVED' | 'AUTOSAVE';
  note: string | null;
  createdAt: string;
  author: { name: string } | null;
};

export type Entry = {
  id: string;
  path: string;
  slug: string;
  title: string;
  status: EntryStatus;
  publishedAt: string | null;
  updatedAt: string;
  updatedBy: { name: string } | null;
  draft: EntryRevision & { content: unknown };
  live: { id: string; number: number } | null;
  revisions: EntryRevision[];
  checks: Check[];
  /** The page above; null at the top, absent where there is no tree. */
  parent?: { id: string } | null;
};

/** Something to look at before publishing, as the server found it. */
export type Check = {
  /** Names it as long as what it is about stays as it is. */
  fingerprint: string;
  code: string;
  severity: 'BLOCKS' | 'WARNS';
  message: string;
  path: string[];
  blockKey: string | null;
  fix: Fix | null;
  waiver: { reason: string; by: string | null; at: string } | null;
};

/** A change that mends a finding: what stands at `path` afterwards; null for a block to remove. */
export type Fix = { label: string; path: string[]; value: unknown };

export type UserError = { code: string; message: string; path: string[] };

export type Answer =
  | { kind: 'done'; entry: Entry }
  | { kind: 'refused'; userErrors: UserError[] }
  | { kind: 'failed'; message: string };

/** A place that somebody else and this person changed, each in another way. */
export type Conflict = { block: string | null; path: string[]; base: unknown; theirs: unknown; yours: unknown };

export type SaveAnswer = Answer | { kind: 'apart'; entry: Entry; conflicts: Conflict[] };

export type Change = {
  baseRevision: string;
  patch: DraftPatch;
  kind: 'SAVED' | 'AUTOSAVE';
  /** Left out, the address stays. */
  slug?: string;
  note?: string;
  /** Whose is kept where both changed the same place. */
  choices?: { block: string | null; path: string[]; keep: 'THEIRS' | 'YOURS' }[];
  /** The draft that was seen when it was chosen. */
  choicesOn?: string;
};

/** What the server does for one entry. */
export type EntryVerbs = {
  read: () => Promise<Entry | null>;
  save: (change: Change) => Promise<SaveAnswer>;
  publish: (revision: string) => Promise<Answer>;
  unpublish: () => Promise<Answer>;
  /** Draws what is written as the site would show it. */
  preview: (draft: Document) => Promise<PreviewAnswer>;
};

export type PreviewAnswer = { kind: 'drawn'; html: string } | { kind: 'failed'; message: string };

export const answerOf = (
  error: CombinedError | undefined,
  payload: { entry: Entry | null; userErrors: UserError[] } | undefined,
): Answer => {
  if (error !== undefined) {
    return { kind: 'failed', message: error.networkError ? 'the server cannot be reached' : failureText(error) };
  }
  if (payload === undefined || payload.entry === null) {
    return { kind: 'refused', userErrors: payload?.userErrors ?? [] };
  }
  return { kind: 'done', entry: payload.entry };
};

/** The draft as it is edited. `v`, the version of its shape, is the server's own. */
export const readDocument = ({ slug, draft }: Pick<Entry, 'slug' | 'draft'>): Document => {
  const { v: _, blocks, ...fields } = (draft.content ?? {}) as Record<string, unknown>;
  const list = Array.isArray(blocks) ? blocks : [];
  return { slug, fields, blocks: list.map(readBlock).filter((block) => block !== null) };
};

export const writeContent = ({ fields, blocks }: Document): Values => ({ ...fields, blocks: blocks.map(writeBlock) });
