import type { LeadRow, LeadView } from './queries';

/* Leads of people who called instead of writing. */

/** Whether a call that was just taken in stands in that view: it is open, the viewer's, and goes on later. */
export const standsIn = (view: LeadView, { priority }: Pick<LeadRow, 'priority'>): boolean =>
  view === 'OPEN' || view === 'MINE' || view === 'ALL' || (view === 'URGENT' && priority === 'URGENT');

/** Whether somebody called instead of writing: then there is no page. Of whoever was erased there is none either. */
export const isByPhone = ({ sourcePath, erasedAt }: Pick<LeadRow, 'sourcePath' | 'erasedAt'>): boolean =>
  sourcePath === '' && erasedAt === null;
