import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import dialog from '~/features/entries/dialog.module.css';
import { failureText } from '~/gql/client';
import { totalOf } from './days';
import { ErasePastTime, type PastTime, type Retention } from './queries';
import { text } from './text';

/** Asks once more, and names how many: the server erases nobody if they are others meanwhile. */
export const EraseDialog = ({
  past,
  onClose,
  onOthers,
  onErased,
}: {
  past: PastTime;
  onClose: () => void;
  /** They may be others by now. */
  onOthers: () => Promise<void>;
  onErased: (now: Retention) => void;
}) => {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const total = totalOf(past);
  const most = text.confirm.most(total);

  const submit = async () => {
    setBusy(true);
    setRefusal(null);
    const { data, error } = await client.mutation(ErasePastTime, { input: { expected: total } });
    const answer = data?.eraseLeadsPastTime;
    if (answer?.retention != null) {
      setBusy(false);
      return onErased(answer.retention);
    }
    // Without an answer, some may be erased already.
    await onOthers();
    setBusy(false);
    setRefusal(
      error === undefined
        ? `${text.confirm.refused}: ${answer?.userErrors[0]?.message ?? text.refused}`
        : `${text.confirm.failed}: ${failureText(error)}`,
    );
  };

  return (
    <Modal opened onClose={onClose} title={text.confirm.title(total)} size={480}>
      <div className={dialog['dialog']}>
        <p>{text.confirm.body}</p>
        {most !== null && <p>{most}</p>}
        {refusal !== null && (
          <p role="alert" className={dialog['failure']}>
            {refusal}
          </p>
        )}
        <div className={dialog['actions']}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {text.confirm.keep}
          </Button>
          <Button
            variant="default"
            className="danger"
            loading={busy}
            disabled={total === 0}
            onClick={() => void submit()}
          >
            {text.confirm.now(total)}
          </Button>
        </div>
      </div>
    </Modal>
  );
};
