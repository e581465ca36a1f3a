import type { Inline, ListItem, TextNode } from '../contract';

export type List = Extract<TextNode, { type: 'bulletList' | 'orderedList' }>;

/** A point that says itself how deep it is, as word processors write them: one after the other, in no list. */
export type Point = { type: 'point'; level: number; ordered: boolean; content: Inline[] };

/** Lists nest so deep, as entity/src/rich_text/check.rs has it. */
export const deepest = 6;

export const listType = (ordered: boolean): List['type'] => (ordered ? 'orderedList' : 'bulletList');

/** Lists made of points: what is deeper than the one before belongs to it. */
export const listsOf = (points: readonly Point[], depth = 1): List[] => {
  const lists: List[] = [];
  for (let place = 0; place < points.length; ) {
    const point = points[place] as Point;
    const after = points.findIndex(({ level }, at) => at > place && level <= point.level);
    const end = depth === deepest ? place + 1 : after === -1 ? points.length : after;
    const item: ListItem = {
      type: 'listItem',
      content: [{ type: 'paragraph', content: point.content }, ...listsOf(points.slice(place + 1, end), depth + 1)],
    };
    const type = listType(point.ordered);
    const last = lists.at(-1);
    if (last?.type === type) last.content.push(item);
    else lists.push({ type, content: [item] });
    place = end;
  }
  return lists;
};
