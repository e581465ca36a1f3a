import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import {
  attachClosestEdge,
  type Edge,
  extractClosestEdge,
} from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { getReorderDestinationIndex } from '@atlaskit/pragmatic-drag-and-drop-hitbox/util/get-reorder-destination-index';
import { announce } from '@atlaskit/pragmatic-drag-and-drop-live-region';
import { ActionIcon } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { type KeyboardEvent, type RefCallback, type RefObject, useEffect, useId, useRef, useState } from 'react';
import classes from './Sortable.module.css';

/** Where in the list something stands, and how it is moved. `list` keeps neighbouring lists apart. */
export type Place = {
  list: string;
  index: number;
  count: number;
  /** How many move together, where it is more than one. */
  size?: number;
  /** What the thing is called in announcements. */
  label: string;
  onMove: (from: number, to: number) => void;
};

export type Sortable = {
  /** The element that moves and that others are dropped onto. */
  item: RefObject<HTMLLIElement | null>;
  /** Given to the handle. It may come later than the item, which others can be dropped onto all the same. */
  handle: RefCallback<HTMLButtonElement>;
  /** Put on the item; draws the line where a drop would land. */
  attributes: { 'data-dragging': boolean | undefined; 'data-edge': Edge | undefined; className: string | undefined };
  place: Place;
};

/** Moves, says so in the live region, and keeps the keyboard where it was. */
export const moveAndAnnounce = (
  { index, count, size = 1, label, onMove }: Place,
  to: number,
  handle?: HTMLElement | null,
) => {
  const bounded = Math.max(0, Math.min(count - size, to));
  if (bounded === index) {
    announce(`${label}: already ${index === 0 ? 'first' : 'last'}.`);
    return;
  }
  onMove(index, bounded);
  announce(`${label} moved to place ${bounded + 1} of ${count}.`);
  if (handle) requestAnimationFrame(() => handle.focus());
};

/** One item of a list that can be reordered by dragging its handle or with the arrow keys on it. */
export const useSortable = (place: Place): Sortable => {
  const item = useRef<HTMLLIElement>(null);
  const [handle, setHandle] = useState<HTMLButtonElement | null>(null);
  const latest = useRef(place);
  const [dragging, setDragging] = useState(false);
  const [edge, setEdge] = useState<Edge | null>(null);

  useEffect(() => {
    latest.current = place;
  });

  const { list } = place;
  useEffect(() => {
    const element = item.current;
    if (element === null) return;
    const isOurs = (data: Record<string | symbol, unknown>) => data['list'] === list;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => isOurs(source.data),
      getData: ({ input }) =>
        attachClosestEdge({ list, index: latest.current.index }, { element, input, allowedEdges: ['top', 'bottom'] }),
      onDrag: ({ self, source }) =>
        setEdge(source.data['index'] === latest.current.index ? null : extractClosestEdge(self.data)),
      onDragLeave: () => setEdge(null),
      onDrop: ({ self, source }) => {
        setEdge(null);
        const from = source.data['index'];
        if (typeof from !== 'number') return;
        const { index, count, label, onMove } = latest.current;
        const to = getReorderDestinationIndex({
          startIndex: from,
          indexOfTarget: index,
          closestEdgeOfTarget: extractClosestEdge(self.data),
          axis: 'vertical',
        });
        if (to === from) return;
        onMove(from, to);
        announce(`Dropped beside ${label}, at place ${to + 1} of ${count}.`);
      },
    });
  }, [list]);

  useEffect(() => {
    const element = item.current;
    if (element === null || handle === null) return;
    return draggable({
      element,
      dragHandle: handle,
      getInitialData: () => ({ list, index: latest.current.index }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [list, handle]);

  return {
    item,
    handle: setHandle,
    place,
    attributes: {
      'data-dragging': dragging || undefined,
      'data-edge': edge ?? undefined,
      className: classes['item'],
    },
  };
};

/** The grip: drag it, or press the arrow keys, Home or End on it. */
export const SortableHandle = ({ sortable, className }: { sortable: Sortable; className?: string | undefined }) => {
  const hint = useId();
  const { place, handle } = sortable;
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const to = { ArrowUp: place.index - 1, ArrowDown: place.index + 1, Home: 0, End: place.count - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    moveAndAnnounce(place, to, event.currentTarget);
  };
  return (
    <>
      <ActionIcon
        ref={handle}
        data-handle
        size={28}
        className={`${classes['handle']} ${className ?? ''}`}
        aria-label={`Move ${place.label}`}
        aria-describedby={hint}
        onKeyDown={onKeyDown}
      >
        <IconGripVertical size={17} stroke={1.6} aria-hidden />
      </ActionIcon>
      <span id={hint} hidden>
        Arrow up and down move it, Home and End take it to the ends.
      </span>
    </>
  );
};
