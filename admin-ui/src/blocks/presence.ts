/** A window in which somebody else has the document open. */
export type Somebody = { readonly tab: string; readonly name: string };

/** And the block they are in; null while they are in none. */
export type Located = Somebody & { readonly block: string | null };

/** Who is in which block, each person once however many windows they have there. */
export const whoIsWhere = (others: readonly Located[]): ReadonlyMap<string, readonly Somebody[]> => {
  const where = new Map<string, Somebody[]>();
  for (const { tab, name, block } of others) {
    if (block === null) continue;
    const there = where.get(block) ?? [];
    if (!there.some((each) => each.name === name)) where.set(block, [...there, { tab, name }]);
  }
  return where;
};

/** A window as the server tells of it, and whose it is. */
export type Seen = Located & { readonly person: string };

/** What is told now, the longest at rest first: who came or went to another block since `before` stands behind. */
export const byRest = (before: readonly Seen[], now: readonly Seen[]): readonly Seen[] => {
  const resting = before.flatMap(({ tab, block }) => now.filter((each) => each.tab === tab && each.block === block));
  return [...resting, ...now.filter((each) => !resting.includes(each))];
};

/**
 * Each person once, where they came or moved last. A window that went without a word, with its browser or its machine,
 * is told of for a while beside the one that was opened in its place.
 */
export const newestOf = (rested: readonly Seen[]): readonly Located[] => {
  const newest = new Map<string, Seen>();
  for (const each of rested) newest.set(each.person, each);
  // Always in the same order, so that nobody's face changes its place as somebody moves.
  const people = [...newest.values()].sort((one, other) => (one.person < other.person ? -1 : 1));
  return people.map(({ tab, name, block }) => ({ tab, name, block }));
};
