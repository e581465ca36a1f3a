import { Chip } from './Chip';
import classes from './EntryStatus.module.css';

export const entryStatuses = ['DRAFT', 'LIVE', 'LIVE_WITH_CHANGES'] as const;
export type EntryStatus = (typeof entryStatuses)[number];

export const statusWords: Record<EntryStatus, string> = {
  DRAFT: 'Draft',
  LIVE: 'Live',
  LIVE_WITH_CHANGES: 'Unpublished changes',
};

/** Two independent facts: what the public reads, and whether something newer waits. */
export const EntryStatusChips = ({ status }: { status: EntryStatus }) => (
  <span className={classes['chips']}>
    {status === 'DRAFT' ? <Chip>{statusWords.DRAFT}</Chip> : <Chip tone="ok">{statusWords.LIVE}</Chip>}
    {status === 'LIVE_WITH_CHANGES' ? <Chip tone="warn">{statusWords.LIVE_WITH_CHANGES}</Chip> : null}
  </span>
);
