import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import dialog from '~/features/entries/dialog.module.css';
import { failureText } from '~/gql/client';
import { DeleteFact, type Fact } from './queries';
import { text } from './text';

/** Asks once more. What is used is refused by the server, which says where. */
export const DeleteDialog = ({
  fact: { id, name },
  onClose,
  onDeleted,
}: {
  fact: Pick<Fact, 'id' | 'name'>;
  onClose: () => void;
  onDeleted: () => void;
}) => {
  const [{ fetching }, remove] = useMutation(DeleteFact);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [used, setUsed] = useState(false);
  const submit = async () => {
    const { data, error } = await remove({ input: { id } });
    if (error !== undefined) setRefusal(failureText(error));
    else if (data?.deleteFact.fact == null) {
      const refused = data?.deleteFact.userErrors[0];
      setRefusal(refused?.message ?? text.remove.refused);
      setUsed(refused?.code === 'ILLEGAL_TRANSITION');
    } else onDeleted();
  };
  return (
    <Modal opened onClose={onClose} title={text.remove.title(name)}>
      <div className={dialog['dialog']}>
        {refusal === null ? (
          <p>{text.remove.body}</p>
        ) : (
          <div role="alert" className={dialog['failure']}>
            {refusal} {used && text.remove.first}
          </div>
        )}
        <div className={dialog['actions']}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {text.remove.keep}
          </Button>
          {refusal === null && (
            <Button variant="default" className="danger" loading={fetching} onClick={() => void submit()}>
              {text.remove.now}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
};
