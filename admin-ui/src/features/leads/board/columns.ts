import type { LeadRow, LeadStatus, LeadView } from '../queries';

const open: LeadStatus[] = ['NEW', 'ATTEMPTING', 'CONTACTED', 'QUALIFIED', 'SCHEDULED'];
const ended: LeadStatus[] = ['ADMITTED', 'CLOSED'];

/** The states in which leads of a view can be. */
export const columnsOf = (view: LeadView): LeadStatus[] => {
  if (view === 'ALL') return [...open, ...ended];
  return view === 'CLOSED' ? ended : open;
};

/** The leads of each column, in the order of the list. `moving` are shown where they are about to be. */
export const inColumns = (
  leads: readonly LeadRow[],
  view: LeadView,
  moving: ReadonlyMap<string, LeadStatus>,
): { status: LeadStatus; leads: LeadRow[] }[] =>
  columnsOf(view).map((status) => ({
    status,
    leads: leads.filter((lead) => (moving.get(lead.id) ?? lead.status) === status),
  }));

/** Whether a lead may be dropped there. */
export const mayMove = ({ status, nextStatuses, erasedAt, mergedInto }: LeadRow, to: LeadStatus): boolean =>
  to !== status && erasedAt === null && mergedInto === null && nextStatuses.includes(to);

/** Whether more must be known than where it goes: how it ended, or why it is open again. */
export const needsMore = ({ status }: Pick<LeadRow, 'status'>, to: LeadStatus): boolean =>
  to === 'CLOSED' || status === 'CLOSED' || status === 'ADMITTED';
