import type { Block } from './block';

/** Blocks that follow each other: where choosing began, and where it has come to. */
export type Selected = { readonly anchor: string; readonly head: string };

/** Places in a document: the first, and how many from there. */
export type Run = { readonly from: number; readonly count: number };

const placeOf = (blocks: readonly Block[], key: string): number => blocks.findIndex((block) => block.key === key);

/** Where the chosen blocks are; null when there are none, or an end of them is gone. */
export const runOf = (blocks: readonly Block[], selected: Selected | null): Run | null => {
  if (selected === null) return null;
  const anchor = placeOf(blocks, selected.anchor);
  const head = placeOf(blocks, selected.head);
  if (anchor === -1 || head === -1) return null;
  return { from: Math.min(anchor, head), count: Math.abs(anchor - head) + 1 };
};

export const isWithin = ({ from, count }: Run, place: number): boolean => place >= from && place < from + count;

/** What a verb at one block is about: all that are chosen when it is one of them, else it alone. */
export const runAt = (blocks: readonly Block[], selected: Selected | null, key: string): Run | null => {
  const place = placeOf(blocks, key);
  if (place === -1) return null;
  const run = runOf(blocks, selected);
  return run !== null && isWithin(run, place) ? run : { from: place, count: 1 };
};

export const keysOf = (blocks: readonly Block[], { from, count }: Run): string[] =>
  blocks.slice(from, from + count).map(({ key }) => key);

/** The block before or after another; itself at the end. */
export const neighbour = (blocks: readonly Block[], key: string, by: 1 | -1): string =>
  blocks[placeOf(blocks, key) + by]?.key ?? key;
