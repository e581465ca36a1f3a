import type { Kind } from './definition';

/*
 * The kinds of blocks that were added last on this browser, for the top of the insert menu.
 */

const storageKey = 'hillside-recent-kinds';
const most = 4;

export const readRecent = (): string[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(kept) ? kept.filter((kind) => typeof kind === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
};

export const withRecent = (recent: readonly string[], kind: string): string[] =>
  [kind, ...recent.filter((each) => each !== kind)].slice(0, most);

export const keepRecent = (kind: string): void => {
  try {
    localStorage.setItem(storageKey, JSON.stringify(withRecent(readRecent(), kind)));
  } catch {
    // It is a convenience only.
  }
};

/** The recent ones that there are, and all others in their own order. */
export const byRecency = (kinds: readonly Kind[], recent: readonly string[]): { recent: Kind[]; others: Kind[] } => ({
  recent: recent.flatMap((name) => kinds.find(({ kind }) => kind === name) ?? []),
  others: kinds.filter(({ kind }) => !recent.includes(kind)),
});
