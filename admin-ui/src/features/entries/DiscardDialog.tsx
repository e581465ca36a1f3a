import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import type { Document } from '~/blocks/document';
import { shared } from '~/blocks/patch';
import { failureText } from '~/gql/client';
import classes from './dialog.module.css';
import { type Entry, readDocument } from './entry';
import { RevisionContentQuery } from './queries';
import { text } from './text';

/** Makes the draft what the public reads, once somebody has read what that means. */
export const DiscardDialog = ({
  entry,
  draft,
  onDiscard,
  onClose,
}: {
  entry: Entry & { live: NonNullable<Entry['live']> };
  draft: Document;
  /** The draft as it is public; the same object where it differs in nothing. */
  onDiscard: (then: Document) => void;
  onClose: () => void;
}) => {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const go = async () => {
    setBusy(true);
    const { data, error } = await client.query(RevisionContentQuery, { id: entry.live.id });
    setBusy(false);
    if (data?.node?.__typename !== 'Revision') {
      setFailure(error === undefined ? text.failed : failureText(error));
      return;
    }
    onDiscard(shared(readDocument({ slug: entry.slug, draft: { ...entry.draft, content: data.node.content } }), draft));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text.discard.title}>
      <div className={classes['dialog']}>
        <p>{text.discard.body(entry.live.number)}</p>
        {failure !== null && (
          <p role="alert" className={classes['failure']}>
            {text.discard.failed}: {failure}
          </p>
        )}
        <div className={classes['actions']}>
          <Button variant="subtle" data-autofocus onClick={onClose}>
            {text.discard.cancel}
          </Button>
          <Button variant="default" className="danger" loading={busy} onClick={() => void go()}>
            {text.discard.now}
          </Button>
        </div>
      </div>
    </Modal>
  );
};
