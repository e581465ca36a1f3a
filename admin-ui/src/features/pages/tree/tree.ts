import type { EntryStatus } from '~/ui/EntryStatus';

/*
 * The pages as they stand below each other, as far as they were read, and how one walks them by keyboard (the tree
 * pattern of the ARIA practices). Knows neither React nor the server.
 */

export type TreePage = { id: string; title: string; path: string; status: EntryStatus; childCount: number };

/** The page something stands below; null at the top. */
export type Parent = string | null;

/** What stands directly below one page, as far as it was read. */
export type Branch = {
  pages: readonly TreePage[];
  total: number;
  state: 'loading' | 'ready' | 'failed';
  /** Where to read on; null at the end. */
  next: string | null;
};

export type Branches = ReadonlyMap<Parent, Branch>;

/** One line that can have the keyboard: a page, or what reads on at the end of a branch. */
export type Line = { id: string; level: number; parent: Parent } & (
  | { kind: 'page'; page: TreePage }
  | { kind: 'rest' }
);

export const restId = (parent: Parent): string => `rest-${parent ?? 'top'}`;

/** Whether a branch ends in a line that reads on, or tries again. */
export const hasRest = ({ state, next }: Branch): boolean => state === 'failed' || next !== null;

/** Every line in sight, from top to bottom. */
export const linesOf = (branches: Branches, open: ReadonlySet<string>, parent: Parent = null, level = 1): Line[] => {
  const branch = branches.get(parent);
  if (branch === undefined) return [];
  const lines = branch.pages.flatMap((page): Line[] => [
    { kind: 'page', id: page.id, level, parent, page },
    ...(isOpen(page, open) ? linesOf(branches, open, page.id, level + 1) : []),
  ]);
  return hasRest(branch) ? [...lines, { kind: 'rest', id: restId(parent), level, parent }] : lines;
};

export const isOpen = ({ id, childCount }: TreePage, open: ReadonlySet<string>): boolean =>
  childCount > 0 && open.has(id);

export type Step = { go: string } | { open: string } | { close: string } | null;

/** What a key does at a line. */
export const stepOf = (lines: readonly Line[], open: ReadonlySet<string>, here: string, key: string): Step => {
  const at = lines.findIndex(({ id }) => id === here);
  const line = lines[at];
  const go = (to: Line | undefined): Step => (to === undefined ? null : { go: to.id });
  if (line === undefined) return null;
  const opened = line.kind === 'page' && isOpen(line.page, open);
  switch (key) {
    case 'ArrowDown':
      return go(lines[at + 1]);
    case 'ArrowUp':
      return go(lines[at - 1]);
    case 'Home':
      return go(lines[0]);
    case 'End':
      return go(lines.at(-1));
    case 'ArrowRight': {
      if (line.kind !== 'page' || line.page.childCount === 0) return null;
      const inside = lines[at + 1];
      return opened ? go(inside?.parent === line.id ? inside : undefined) : { open: line.id };
    }
    case 'ArrowLeft':
      if (opened) return { close: line.id };
      return line.parent === null ? null : { go: line.parent };
    default:
      return null;
  }
};

/** The next page after `here` whose title begins like this, from the top again after the last. */
export const nextBeginning = (lines: readonly Line[], here: string, letter: string): string | null => {
  const at = lines.findIndex(({ id }) => id === here);
  const after = [...lines.slice(at + 1), ...lines.slice(0, at + 1)];
  const begins = letter.toLocaleLowerCase();
  const found = after.find((line) => line.kind === 'page' && line.page.title.toLocaleLowerCase().startsWith(begins));
  return found?.id ?? null;
};

export type Placed = { page: TreePage; parent: Parent };

/** Whether moving one page below another changes anything and is possible at all. */
export const canStandBelow = ({ page, parent }: Placed, to: Placed | null): boolean => {
  if (page.path === '/') return false;
  if (to === null) return parent !== null;
  return to.page.id !== page.id && to.page.id !== parent && !to.page.path.startsWith(`${page.path}/`);
};
