import { Button, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import { useFocusBack } from '~/ui/useFocusBack';
import { DialogAlert } from '../DialogAlert';
import classes from '../dialog.module.css';
import type { Lead } from '../queries';
import { text } from '../text';
import { useDialogWork } from '../useDialogWork';
import type { LeadWork } from '../useLeadWork';
import type { SuppressionReason } from './queries';
import { suppressionText as words } from './text';

const reasons = Object.keys(words.reasons) as SuppressionReason[];

/** That somebody asked not to be contacted any more, by any way. */
export const SuppressDialog = ({ lead, work, onClose }: { lead: Lead; work: LeadWork; onClose: () => void }) => {
  useFocusBack();
  const { form, trouble, busy, errors, perform, refuse, mend } = useDialogWork(lead, ['reason']);
  const [reason, setReason] = useState<SuppressionReason | null>(null);

  const submit = async () => {
    if (busy) return;
    if (reason === null) return refuse({ reason: words.noReason });
    if (await perform((seen) => work.suppress(seen, reason))) onClose();
  };

  return (
    <Modal opened onClose={onClose} title={words.title} size={460}>
      <form
        ref={form}
        noValidate
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <DialogAlert trouble={trouble} />
        <p>{words.body}</p>
        <div className={classes['field']} data-field="reason">
          <Radio.Group
            label={words.legend}
            value={reason}
            error={errors['reason']}
            onChange={(value) => {
              setReason(value as SuppressionReason);
              mend('reason');
            }}
          >
            <div className={classes['choices']}>
              {reasons.map((each, index) => (
                <Radio key={each} value={each} label={words.reasons[each]} data-autofocus={index === 0 || undefined} />
              ))}
            </div>
          </Radio.Group>
          <p className={classes['hint']}>{words.later}</p>
        </div>
        <div className={classes['actions']} data-held>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy} variant="default" className="danger">
            {words.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
