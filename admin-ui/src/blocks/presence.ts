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
