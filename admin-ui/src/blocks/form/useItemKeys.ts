import { useState } from 'react';

let counter = 0;
const another = () => {
  counter += 1;
  return `i${counter}`;
};

/**
 * Keys for items that have none of their own. An item is followed when it moves, because it stays the same object; one
 * that is written in keeps the key of its place.
 */
export const keysFor = (
  items: readonly unknown[],
  before: { items: readonly unknown[]; keys: readonly string[] },
): string[] => {
  const free = new Map<string, number>(before.keys.map((key, place) => [key, place]));
  const take = (place: number): string | null => {
    const key = before.keys[place];
    return key !== undefined && free.delete(key) ? key : null;
  };
  const followed = items.map((item, place) => {
    if (item === before.items[place]) return take(place);
    if (typeof item !== 'object' || item === null) return null;
    const from = before.items.findIndex((other, there) => other === item && free.has(before.keys[there] ?? ''));
    return from === -1 ? null : take(from);
  });
  return followed.map((key, place) => key ?? take(place) ?? another());
};

export const useItemKeys = (items: readonly unknown[]): readonly string[] => {
  const [known, setKnown] = useState(() => ({ items, keys: keysFor(items, { items: [], keys: [] }) }));
  if (known.items === items) return known.keys;
  const next = { items, keys: keysFor(items, known) };
  setKnown(next);
  return next.keys;
};
