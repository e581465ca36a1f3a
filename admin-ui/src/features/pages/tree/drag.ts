import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { canStandBelow, type Placed } from './tree';

/** A page that rests on a closed one this long looks below it. */
const lingerMs = 700;

const key = Symbol('page');
const draggedOf = (data: Record<string | symbol, unknown>) => data[key] as Placed | undefined;

/** Lets a page be taken by its row. */
export const useDragPage = (row: RefObject<HTMLElement | null>, placed: Placed, allowed: boolean): boolean => {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const element = row.current;
    if (element === null || !allowed) return;
    return draggable({
      element,
      getInitialData: () => ({ [key]: placed }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [row, placed, allowed]);
  return dragging;
};

/** Lets pages be dropped here, where `to` is a page or, with null, the top of the site. Answers whether one is above. */
export const useDropPage = (
  place: RefObject<HTMLElement | null>,
  to: Placed | null,
  { onDropped, onLinger }: { onDropped: (dragged: Placed, to: Placed | null) => void; onLinger?: () => void },
): boolean => {
  const [over, setOver] = useState(false);
  const latest = useRef({ onDropped, onLinger });
  useEffect(() => {
    latest.current = { onDropped, onLinger };
  });
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = () => {
      clearTimeout(timer);
      setOver(false);
    };
    const stop = dropTargetForElements({
      element,
      canDrop: ({ source }) => {
        const dragged = draggedOf(source.data);
        return dragged !== undefined && canStandBelow(dragged, to);
      },
      onDragEnter: () => {
        setOver(true);
        timer = setTimeout(() => latest.current.onLinger?.(), lingerMs);
      },
      onDragLeave: leave,
      onDrop: ({ source }) => {
        leave();
        const dragged = draggedOf(source.data);
        if (dragged !== undefined) latest.current.onDropped(dragged, to);
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [place, to]);
  return over;
};
