import { Button, Modal, Radio } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useMutation } from 'urql';
import { failureText } from '~/gql/client';
import { EntityPicker } from '~/ui/EntityPicker';
import { type TargetKind, TargetsProvider } from '~/ui/targets';
import classes from '../dialog.module.css';
import type { UserError } from '../entry';
import { useTargetStore } from '../useTargetStore';
import { ReplaceUses } from './queries';
import { text } from './text';

type What = 'REPLACE' | 'UNLINK';

/** Puts another in the place of a fact or a picture wherever it is used, or takes it out. */
export const ReplaceUsesDialog = ({
  id,
  name,
  kind,
  onClose,
  onDone,
}: {
  id: string;
  name: string;
  kind: TargetKind;
  onClose: () => void;
  onDone: () => void;
}) => {
  const targets = useTargetStore();
  const [{ fetching }, replaceUses] = useMutation(ReplaceUses);
  const [what, setWhat] = useState<What>('REPLACE');
  const [replacement, setReplacement] = useState<string | null>(null);
  const [errors, setErrors] = useState<readonly Pick<UserError, 'message' | 'path'>[]>([]);
  const atReplacement = errors.find(({ path }) => path.at(-1) === 'replacement')?.message;
  const elsewhere = errors.filter(({ path }) => path.at(-1) !== 'replacement');

  const go = async () => {
    const { data, error } = await replaceUses({ input: { id, replacement: what === 'REPLACE' ? replacement : null } });
    const payload = data?.replaceUses;
    if (error !== undefined) setErrors([{ message: failureText(error), path: [] }]);
    else if (payload?.changed == null) setErrors(payload?.userErrors ?? []);
    else {
      notifications.show({ message: text.done(payload.changed.length) });
      onDone();
    }
  };

  return (
    <Modal opened onClose={onClose} title={text.title(name)} size={520}>
      <TargetsProvider value={targets}>
        <div className={classes['dialog']}>
          <p>{text.body}</p>
          <Radio.Group label={text.what} value={what} onChange={(next) => setWhat(next as What)}>
            <div className={classes['choices']}>
              <Radio value="REPLACE" label={text.replace} />
              {what === 'REPLACE' && (
                <EntityPicker
                  label={text.replacement}
                  kinds={[kind]}
                  value={replacement}
                  onChange={(next) => {
                    setReplacement(next);
                    setErrors([]);
                  }}
                  error={atReplacement}
                />
              )}
              <Radio value="UNLINK" label={text.unlink} description={text.unlinkHelp} />
            </div>
          </Radio.Group>
          {elsewhere.length > 0 && (
            <div role="alert" className={classes['failure']}>
              {text.failed}: {elsewhere.map(({ message }) => message).join(' ')}
            </div>
          )}
          <div className={classes['actions']}>
            <Button variant="default" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button loading={fetching} disabled={what === 'REPLACE' && replacement === null} onClick={() => void go()}>
              {text.now[what]}
            </Button>
          </div>
        </div>
      </TargetsProvider>
    </Modal>
  );
};
