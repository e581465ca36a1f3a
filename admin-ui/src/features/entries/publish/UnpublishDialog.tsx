import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import classes from '../dialog.module.css';
import type { Answer, Entry } from '../entry';
import { text as common } from '../text';
import { UsersQuery } from '../trash/queries';
import { UserLines } from '../UserLines';
import { Planned } from './Planned';
import { text } from './text';
import { usePublishing } from './usePublishing';
import { type Moment, When } from './When';

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
  const [moment, setMoment] = useState<Moment | null | undefined>(null);
  const publishing = usePublishing(entry.id);
  const [{ data }] = useQuery({
    query: UsersQuery,
    variables: { id: entry.id, first: 5 },
    requestPolicy: 'network-only',
  });
  const go = async () => {
    if (moment === undefined) return;
    setBusy(true);
    if (moment !== null) {
      const why = await publishing.planUnpublish(moment);
      setBusy(false);
      if (why === null) onClose();
      else setFailure(why);
      return;
    }
    const answer = await unpublish();
    setBusy(false);
    if (answer.kind === 'done') onClose();
    else setFailure(answer.kind === 'failed' ? answer.message : (answer.userErrors[0]?.message ?? ''));
  };
  return (
    <Modal opened onClose={onClose} title={common.unpublish.title(entry.title)}>
      <div className={classes['dialog']}>
        <p>{common.unpublish.body(entry.path)}</p>
        {data !== undefined && data.uses.totalCount > 0 && <UserLines uses={data.uses} />}
        <Planned publishing={publishing} />
        <When label={text.whenBack} onChange={setMoment} />
        {failure !== null && (
          <p role="alert" className={classes['failure']}>
            {common.unpublish.failed}: {failure}
          </p>
        )}
        <div className={classes['actions']}>
          <Button variant="subtle" data-autofocus onClick={onClose}>
            {common.unpublish.cancel}
          </Button>
          <Button
            variant="default"
            className="danger"
            loading={busy}
            disabled={moment === undefined}
            onClick={() => void go()}
          >
            {moment === null ? common.unpublish.now : text.scheduleBack}
          </Button>
        </div>
      </div>
    </Modal>
  );
};
