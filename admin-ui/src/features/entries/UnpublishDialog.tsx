import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import classes from './dialog.module.css';
import type { Answer, Entry } from './entry';
import { text } from './text';

/** Takes it back from the public, once somebody has read what that means. */
export const UnpublishDialog = ({
  entry,
  unpublish,
  onClose,
}: {
  entry: Entry;
  unpublish: () => Promise<Answer>;
  onClose: () => void;
}) => {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const go = async () => {
    setBusy(true);
    const answer = await unpublish();
    setBusy(false);
    if (answer.kind === 'done') onClose();
    else setFailure(answer.kind === 'failed' ? answer.message : (answer.userErrors[0]?.message ?? ''));
  };
  return (
    <Modal opened onClose={onClose} title={text.unpublish.title(entry.title)}>
      <div className={classes['dialog']}>
        <p>{text.unpublish.body(entry.path)}</p>
        {failure !== null && (
          <p role="alert" className={classes['failure']}>
            {text.unpublish.failed}: {failure}
          </p>
        )}
        <div className={classes['actions']}>
          <Button variant="subtle" data-autofocus onClick={onClose}>
            {text.unpublish.cancel}
          </Button>
          <Button variant="default" className={classes['danger'] ?? ''} loading={busy} onClick={() => void go()}>
            {text.unpublish.now}
          </Button>
        </div>
      </div>
    </Modal>
  );
};
