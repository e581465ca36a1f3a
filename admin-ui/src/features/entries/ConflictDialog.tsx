import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { relativeTime, useNow } from '~/ui/RelativeTime';
import classes from './dialog.module.css';
import type { Entry } from './entry';
import { text } from './text';

/** Somebody saved meanwhile. Both versions are safe; which one comes on top is for the person to say. */
export const ConflictDialog = ({
  theirs,
  busy,
  onBoth,
  onKeep,
  onRead,
  onRetry,
  onClose,
}: {
  theirs: Entry | null;
  busy: boolean;
  /** Answers why the two cannot be brought together. */
  onBoth: () => Promise<string | null>;
  onKeep: (theirs: Entry) => void;
  onRead: (theirs: Entry) => void;
  onRetry: () => void;
  onClose: () => void;
}) => {
  const now = useNow();
  const [apart, setApart] = useState<string | null>(null);
  return (
    <Modal opened onClose={onClose} title={text.conflict.title}>
      <div className={classes['dialog']}>
        {theirs === null ? (
          <p>{text.conflict.unread}</p>
        ) : (
          <>
            <p>
              {text.conflict.body(
                theirs.draft.author?.name ?? null,
                relativeTime(theirs.draft.createdAt, now),
                theirs.draft.number,
              )}
            </p>
            <div className={classes['choices']}>
              <button
                type="button"
                className={classes['choice']}
                disabled={busy || apart !== null}
                onClick={() => void onBoth().then(setApart)}
              >
                <b>{text.conflict.both}</b>
                <span>{text.conflict.bothHelp}</span>
              </button>
              <button type="button" className={classes['choice']} disabled={busy} onClick={() => onKeep(theirs)}>
                <b>{text.conflict.keep}</b>
                <span>{text.conflict.keepHelp}</span>
              </button>
              <button type="button" className={classes['choice']} disabled={busy} onClick={() => onRead(theirs)}>
                <b>{text.conflict.read}</b>
                <span>{text.conflict.readHelp}</span>
              </button>
            </div>
          </>
        )}
        {apart !== null && <p role="alert">{apart}</p>}
        <div className={classes['actions']}>
          {theirs === null && <Button onClick={onRetry}>{text.conflict.retry}</Button>}
          <Button variant="subtle" onClick={onClose}>
            {text.conflict.later}
          </Button>
        </div>
      </div>
    </Modal>
  );
};
