import type { LeadPriority } from '../queries';
import type { LeadOrder } from './narrowing';

const leads = (count: number) => `${count} ${count === 1 ? 'lead' : 'leads'}`;

export const text = {
  label: 'Filter and order',
  open: 'Filter',
  shortcut: 'Filter the leads',
  order: 'Order',
  orders: {
    NEWEST: 'Newest first',
    OLDEST: 'Oldest first',
    RESPOND_BY: 'First to be answered',
    NEXT_ACTION: 'Next step first',
  } satisfies Record<LeadOrder, string>,
  found: (count: number) => leads(count),
  applied: 'Filters',
  remove: (words: string) => `Remove the filter “${words}”`,
  clear: 'Clear all',
  none: {
    title: 'No lead is like that',
    body: 'Remove a filter, or look in another view.',
    action: 'Clear all filters',
  },

  status: 'Status',
  who: 'Who has it',
  nobody: 'Nobody',
  me: 'Me',
  somebody: 'A colleague',
  colleagues: (count: number) => `${count} colleagues`,
  colleaguesFailed: 'Your colleagues could not be loaded.',
  priority: 'Priority',
  priorities: { URGENT: 'Urgent', NORMAL: 'Not urgent' } satisfies Record<LeadPriority, string>,
  anyPriority: 'Urgent or not',
  care: 'Level of care',
  insurance: 'Insurance check',
  page: 'From one page',
  received: 'Received',
  from: 'From',
  to: 'To',
  since: (day: string) => `Since ${day}`,
  until: (day: string) => `Until ${day}`,
  between: (from: string, to: string) => (from === to ? `On ${from}` : `${from} to ${to}`),
  wrongDays: 'Choose the same day as “From”, or a later one.',
  overdue: 'Overdue',
  overdueHelp: 'Only those on which somebody should have acted by now',

  title: 'Filter the leads',
  submit: 'Show these leads',
  reset: 'Clear the form',
};
