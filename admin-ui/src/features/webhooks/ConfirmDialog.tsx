import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import dialog from '~/features/entries/dialog.module.css';

/** Says what happens and asks once more. What was refused is told where it was asked. */
export const ConfirmDialog = ({
  words,
  dangerous = false,
  act,
  onClose,
}: {
  words: { title: string; body: string; now: string; keep: string };
  dangerous?: boolean;
  /** Answers why it was not done, as a sentence. */
  act: () => Promise<string | null>;
  onClose: () => void;
}) => {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const submit = async () => {
    setBusy(true);
    const refused = await act();
    setBusy(false);
    setRefusal(refused);
  };
  return (
    <Modal opened onClose={onClose} title={words.title}>
      <div className={dialog['dialog']}>
        <p>{words.body}</p>
        {refusal !== null && (
          <p role="alert" className={dialog['failure']}>
            {refusal}
          </p>
        )}
        <div className={dialog['actions']}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {words.keep}
          </Button>
          <Button
            variant={dangerous ? 'default' : 'filled'}
            className={dangerous ? 'danger' : ''}
            loading={busy}
            onClick={() => void submit()}
          >
            {words.now}
          </Button>
        </div>
      </div>
    </Modal>
  );
};
