/* Which leads are selected, and where the last choice was made: a range begins there. */

export type Selection = { ids: ReadonlySet<string>; anchor: string | null };

/** As many as the server takes at once. */
export const most = 100;

export const noSelection: Selection = { ids: new Set(), anchor: null };

/** Selects one, or lets go of it. */
export const toggle = ({ ids }: Selection, id: string): Selection => {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
};

/** Selects everything between the last choice and `id`; without a last choice in sight, only that one. */
export const selectTo = (selection: Selection, shown: readonly string[], id: string): Selection => {
  const to = shown.indexOf(id);
  const from = selection.anchor === null ? -1 : shown.indexOf(selection.anchor);
  if (to < 0) return selection;
  const between = from < 0 ? [id] : shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...between]), anchor: id };
};

/** Lets go of some. */
export const without = ({ ids, anchor }: Selection, gone: readonly string[]): Selection => ({
  ids: new Set([...ids].filter((id) => !gone.includes(id))),
  anchor: anchor !== null && gone.includes(anchor) ? null : anchor,
});
