import { type Block, type Values, writeBlock } from './block';
import type { Document } from './document';

/*
 * What changed in a document, as the server takes it, and how what others wrote comes into one that is being written.
 * Documents share what did not change, so two parts are the same exactly when they are one object.
 */

export type DraftPatch = {
  fields: Values;
  blocks: Record<string, unknown>[];
  /** The keys of all blocks; absent where none was added, moved or removed. */
  order?: string[];
  /** Nothing of the base is kept. */
  whole?: boolean;
};

const keys = (blocks: readonly Block[]) => blocks.map(({ key }) => key);

const sameOrder = (before: readonly Block[], after: readonly Block[]) =>
  before.length === after.length && before.every(({ key }, place) => after[place]?.key === key);

export const patchOf = (base: Document, now: Document): DraftPatch => {
  const before = new Map(base.blocks.map((block) => [block.key, block]));
  return {
    fields: Object.fromEntries(Object.entries(now.fields).filter(([name, value]) => base.fields[name] !== value)),
    blocks: now.blocks.filter((block) => before.get(block.key) !== block).map(writeBlock),
    ...(sameOrder(base.blocks, now.blocks) ? {} : { order: keys(now.blocks) }),
  };
};

export const wholePatch = (now: Document): DraftPatch => ({
  fields: now.fields,
  blocks: now.blocks.map(writeBlock),
  order: keys(now.blocks),
  whole: true,
});

/** Whether two values hold the same; the order of keys is no part of it. */
const isSame = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [one, other] as [Record<string, unknown>, Record<string, unknown>];
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => isSame(left[name], right[name]));
};

/** Whether every part of two documents is one object. */
const isEqual = (one: Document, other: Document) =>
  one.slug === other.slug &&
  one.blocks.length === other.blocks.length &&
  one.blocks.every((block, place) => other.blocks[place] === block) &&
  Object.keys(one.fields).length === Object.keys(other.fields).length &&
  Object.entries(one.fields).every(([name, value]) => other.fields[name] === value);

/** What the server answered, sharing with `known` whatever is equal, so that only what others changed is drawn anew. */
export const shared = (answered: Document, known: Document): Document => {
  const before = new Map(known.blocks.map((block) => [block.key, block]));
  const fields = Object.entries(answered.fields).map(([name, value]) => {
    const old = known.fields[name];
    return [name, isSame(old, value) ? old : value];
  });
  const blocks = answered.blocks.map((block) => {
    const old = before.get(block.key);
    return old !== undefined && isSame(old, block) ? old : block;
  });
  const result: Document = { slug: answered.slug, fields: Object.fromEntries(fields), blocks };
  return isEqual(known, result) ? known : result;
};

/** Brings what others changed between `sent` and `answered` into `now`; what was written since `sent` stays. */
export const rebase = (now: Document, sent: Document, answered: Document): Document => {
  if (now === sent) return answered;
  if (sent === answered) return now;
  const fields: Record<string, unknown> = { ...now.fields };
  for (const [name, value] of Object.entries(answered.fields)) {
    if (now.fields[name] === sent.fields[name]) fields[name] = value;
  }
  const was = new Map(sent.blocks.map((block) => [block.key, block]));
  const is = new Map(answered.blocks.map((block) => [block.key, block]));
  const mine = now.blocks
    // What others removed goes, unless it was written in since.
    .filter((block) => is.has(block.key) || was.get(block.key) !== block)
    .map((block) => (was.get(block.key) === block ? (is.get(block.key) ?? block) : block));
  const here = new Set(keys(mine));
  let blocks = mine;
  if (sameOrder(sent.blocks, now.blocks)) {
    // The order is theirs; what was changed here and removed there stays where it stood.
    const byKey = new Map(mine.map((block) => [block.key, block]));
    blocks = answered.blocks.map((block) => byKey.get(block.key) ?? block);
    for (const [place, block] of mine.entries()) {
      if (!is.has(block.key)) blocks.splice(Math.min(place, blocks.length), 0, block);
    }
  } else {
    for (const [place, block] of answered.blocks.entries()) {
      if (here.has(block.key) || was.has(block.key)) continue;
      const before = answered.blocks[place - 1]?.key;
      blocks = blocks.toSpliced(blocks.findIndex(({ key }) => key === before) + 1, 0, block);
    }
  }
  return { slug: now.slug === sent.slug ? answered.slug : now.slug, fields, blocks };
};
