import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconLoader2 } from '@tabler/icons-react';
import classes from './SaveState.module.css';

export type Saving =
  | { kind: 'saved'; at: number | null }
  | { kind: 'changed' }
  | { kind: 'saving' }
  /** The server could not be reached or failed; it is tried again. */
  | { kind: 'failed'; message: string }
  /** The server understood and refused; something has to be mended first. */
  | { kind: 'refused'; message: string }
  /** Somebody saved meanwhile; the person has to choose. */
  | { kind: 'conflict' };

const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

const isToday = (at: number) => new Date(at).toDateString() === new Date().toDateString();

const icons = {
  saved: IconCheck,
  changed: IconCircleDashed,
  saving: IconLoader2,
  failed: IconAlertTriangle,
  refused: IconAlertTriangle,
  conflict: IconAlertTriangle,
};

const words = (saving: Saving): string => {
  switch (saving.kind) {
    case 'saved':
      return saving.at === null ? 'Saved' : `Saved ${(isToday(saving.at) ? time : day).format(saving.at)}`;
    case 'changed':
      return 'Unsaved changes';
    case 'saving':
      return 'Saving…';
    case 'conflict':
      return 'Not saved: somebody else saved';
    case 'failed':
    case 'refused':
      return `Not saved: ${saving.message}`;
  }
};

/** Whether the work is safe, in words, always in sight. */
export const SaveState = ({ saving, onRetry }: { saving: Saving; onRetry: () => void }) => {
  const Icon = icons[saving.kind];
  return (
    <div className={classes['root']} data-kind={saving.kind}>
      <span role="status" className={classes['words']} title={words(saving)}>
        <Icon size={15} stroke={1.6} aria-hidden className={classes['icon']} />
        <span className="clip num">{words(saving)}</span>
      </span>
      {(saving.kind === 'failed' || saving.kind === 'refused') && (
        <Button variant="default" size="compact-sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
};
