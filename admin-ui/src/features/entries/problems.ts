import type { Kind } from '~/blocks/definition';
import type { Document } from '~/blocks/document';
import { nearest, type Path, withValue } from '~/blocks/path';
import type { Findings, Problem } from '~/blocks/problems';
import { inFormWords } from '~/blocks/wording';
import type { Check, Entry, Fix, UserError } from './entry';

/** Something to mend in a document: in a block, or in a field beside the blocks. */
export type EntryProblem = Problem & {
  readonly block: string | null;
  /** The check it came from, where it did not come from a refusal. */
  readonly check?: Check;
};

/** Problems, and the document they were found in. */
export type Found = { readonly problems: readonly EntryProblem[]; readonly in: Document };

export const nothingFound = (document: Document): Found => ({ problems: [], in: document });

const located = (path: readonly string[], document: Document): Pick<EntryProblem, 'block' | 'path'> => {
  const [first, place, , ...inside] = path;
  const block = first === 'blocks' ? document.blocks[Number(place)] : undefined;
  return block === undefined ? { block: null, path } : { block: block.key, path: inside };
};

/** `["input", "content", "blocks", "2", "quote", "text"]` is the field `text` of the third block that was sent. */
export const fromRefusal = (userErrors: readonly UserError[], sent: Document): Found => ({
  in: sent,
  problems: userErrors.map(({ message, path }) => {
    const inside = path[0] === 'input' ? path.slice(1) : path;
    return { severity: 'refused', message, ...located(inside[0] === 'content' ? inside.slice(1) : inside, sent) };
  }),
});

export const fromChecks = (checks: Entry['checks'], draft: Document): Found => ({
  in: draft,
  problems: checks.map((check) => ({
    severity: check.severity === 'BLOCKS' ? 'blocks' : 'warns',
    message: check.message,
    check,
    ...located(check.path, draft),
  })),
});

/** The same, each field called as its form calls it. */
export const inWordsOf = (kinds: readonly Kind[], { problems, in: document }: Found): Found => ({
  in: document,
  problems: problems.map((problem) => {
    const block = document.blocks.find(({ key }) => key === problem.block);
    const kind = kinds.find((each) => each.kind === block?.kind);
    return { ...problem, message: inFormWords(problem.message, kind, problem.path) };
  }),
});

/** Whether somebody decided that it may stay. */
export const isWaived = ({ check }: EntryProblem): boolean => check != null && check.waiver !== null;

/** The document with a finding mended; `then` is the document in which it was found. */
export const mended = (fix: Fix, then: Document, now: Document): Document => {
  const { block, path } = located(fix.path, then);
  if (block === null) return { ...now, fields: withValue(now.fields, path, fix.value) as Document['fields'] };
  if (fix.value === null && path.length === 0) return { ...now, blocks: now.blocks.filter(({ key }) => key !== block) };
  return {
    ...now,
    blocks: now.blocks.map((each) =>
      each.key === block ? { ...each, values: withValue(each.values, path, fix.value) as typeof each.values } : each,
    ),
  };
};

/** Every block's findings; the same object for a block as long as nothing new is found. */
export const findingsByBlock = (founds: readonly Found[]): ReadonlyMap<string, Findings> => {
  const byBlock = new Map<string, Findings>();
  for (const { problems, in: document } of founds) {
    for (const block of document.blocks) {
      const found = problems.filter((problem) => problem.block === block.key && !isWaived(problem));
      // A refusal is about what was sent, later than what was checked: it stands instead of the checks.
      if (found.length > 0 && !byBlock.has(block.key)) byBlock.set(block.key, { found, in: block });
    }
  }
  return byBlock;
};

/** A refusal is over once what it was about has been changed; a check waits for the next save. */
export const stillOpen = ({ problems, in: then }: Found, now: Document): Found => ({
  problems: problems.filter((problem) => problem.severity !== 'refused' || stillStands(problem, then, now)),
  in: then,
});

const held = ({ slug, fields }: Document) => ({ ...fields, slug });

/** Whether what a problem is about is still as it was when it was found. */
export const stillStands = (problem: EntryProblem, then: Document, now: Document): boolean => {
  if (problem.block === null) return nearest(held(then), problem.path) === nearest(held(now), problem.path);
  const before = then.blocks.find(({ key }) => key === problem.block);
  const after = now.blocks.find(({ key }) => key === problem.block);
  if (before === undefined || after === undefined) return false;
  return nearest(before.values, problem.path) === nearest(after.values, problem.path);
};

/** The fields beside the blocks, as they stand under the title or in the panel. */
export const fieldProblems = (founds: readonly Found[], now: Document): readonly Problem[] =>
  founds.flatMap(({ problems, in: then }) =>
    problems.filter((problem) => problem.block === null && !isWaived(problem) && stillStands(problem, then, now)),
  );

export type Place = 'document' | 'details' | 'seo';

/** Where a field beside the blocks is shown. */
export const placeOf = (path: Path): Place => {
  if (path[0] === 'seo') return 'seo';
  return path[0] === 'title' || path[0] === 'summary' ? 'document' : 'details';
};
