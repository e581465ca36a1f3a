import type { EntryRevision } from './entry';

/** Versions and autosaves in one line, newest first, each once. */
export const inOneLine = (...lists: (readonly EntryRevision[])[]): EntryRevision[] => {
  const all = new Map(lists.flat().map((revision) => [revision.id, revision]));
  return [...all.values()].sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
};
