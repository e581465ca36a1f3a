import type { LeadStatus } from '../queries';
import { text as leadText } from '../text';

const leads = (count: number) => `${count} ${count === 1 ? 'lead' : 'leads'}`;

export const text = {
  label: 'Board',
  toBoard: 'Show as a board',
  toList: 'Show as a list',
  shortcut: 'Board or list',
  back: 'Back to the board',
  columns: 'States',
  column: (status: LeadStatus, count: number) => `${leadText.status[status]}: ${leads(count)}`,
  empty: 'None',
  move: (reference: string) => `Move ${reference}`,
  moveTo: 'Move to',
  moveItem: (status: LeadStatus, ended: boolean) =>
    ended ? leadText.reopen(leadText.status[status]) : status === 'CLOSED' ? 'Closed…' : leadText.status[status],
  moved: (reference: string, status: LeadStatus) => `${reference} moved to “${leadText.status[status]}”.`,
  failed: (reference: string) => `${reference} was not moved.`,
  shown: (count: number, total: number) => `${count} of ${total} are on the board.`,
};
