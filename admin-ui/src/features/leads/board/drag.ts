import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { LeadRow, LeadStatus } from '../queries';
import { mayMove } from './columns';

const key = Symbol('lead');
const draggedOf = (data: Record<string | symbol, unknown>) => data[key] as LeadRow | undefined;

/** Lets a lead be taken by its card. */
export const useDragLead = (card: RefObject<HTMLElement | null>, lead: LeadRow, allowed: boolean): boolean => {
  const [dragging, setDragging] = useState(false);
  const latest = useRef(lead);
  useEffect(() => {
    latest.current = lead;
  });
  useEffect(() => {
    const element = card.current;
    if (element === null || !allowed) return;
    return draggable({
      element,
      getInitialData: () => ({ [key]: latest.current }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [card, allowed]);
  return dragging;
};

/** Lets leads be dropped on a column that may follow where they are. Answers whether one is above. */
export const useDropLead = (
  column: RefObject<HTMLElement | null>,
  to: LeadStatus,
  onDropped: (lead: LeadRow) => void,
): boolean => {
  const [over, setOver] = useState(false);
  const latest = useRef(onDropped);
  useEffect(() => {
    latest.current = onDropped;
  });
  useEffect(() => {
    const element = column.current;
    if (element === null) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => {
        const lead = draggedOf(source.data);
        return lead !== undefined && mayMove(lead, to);
      },
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        const lead = draggedOf(source.data);
        if (lead !== undefined) latest.current(lead);
      },
    });
  }, [column, to]);
  return over;
};
