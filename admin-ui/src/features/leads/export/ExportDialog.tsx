import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import { useFocusBack } from '~/ui/useFocusBack';
import { DialogAlert } from '../DialogAlert';
import dialogClasses from '../dialog.module.css';
import type { LeadStatus } from '../queries';
import { text } from '../text';
import { useDialogForm } from '../useDialogForm';
import { isWhy, mostOfWhy } from '../why';
import classes from './ExportDialog.module.css';
import { exportLeads, save } from './exportLeads';
import { monthTo, wrongDays } from './range';
import { exportText } from './text';

const statuses = Object.keys(text.status) as LeadStatus[];

/** Takes leads out in a file, once somebody has said which, and what for. */
export const ExportDialog = ({ onClose }: { onClose: () => void }) => {
  useFocusBack();
  const { errors, trouble, busy, form, perform, refuse, mend } = useDialogForm(['from', 'to', 'status', 'reason']);
  const [{ from, to }, setDays] = useState(() => monthTo(new Date()));
  const [status, setStatus] = useState<LeadStatus | null>(null);
  const [reason, setReason] = useState('');

  /** Who closed the dialog does not want the file any more. */
  const closed = useRef(new AbortController());
  useEffect(() => {
    const asked = new AbortController();
    closed.current = asked;
    return () => asked.abort();
  }, []);

  const submit = async () => {
    if (busy) return;
    const wrong = { ...wrongDays({ from, to }), ...(isWhy(reason) ? {} : { reason: exportText.reasonHelp }) };
    if (Object.keys(wrong).length > 0) return refuse(wrong);
    const { signal } = closed.current;
    const answer = await perform(() => exportLeads({ from, to, status, reason: reason.trim() }, signal));
    if (answer.kind !== 'done' || signal.aborted) return;
    save(answer.name, answer.file);
    notifications.show({ message: exportText.saved(answer.leads) });
    onClose();
  };

  return (
    <Modal opened onClose={onClose} title={exportText.title} size={520}>
      <form
        ref={form}
        noValidate
        autoComplete="off"
        className={dialogClasses['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <DialogAlert trouble={trouble} />
        <div className={dialogClasses['goes']}>
          {exportText.goes.map(({ title, body }) => (
            <p key={title}>
              <b>{title}</b>
              {body}
            </p>
          ))}
        </div>
        <div className={classes['days']}>
          {(['from', 'to'] as const).map((field) => (
            <div key={field} data-field={field}>
              <TextInput
                type="date"
                label={exportText[field]}
                value={{ from, to }[field]}
                error={errors[field]}
                {...(field === 'from' ? { 'data-autofocus': true } : {})}
                onChange={({ currentTarget }) => {
                  setDays({ from, to, [field]: currentTarget.value });
                  mend(field);
                }}
              />
            </div>
          ))}
          <div data-field="status">
            <NativeSelect
              label={exportText.status}
              value={status ?? ''}
              error={errors['status']}
              data={[
                { value: '', label: exportText.anyStatus },
                ...statuses.map((value) => ({ value, label: text.status[value] })),
              ]}
              onChange={({ currentTarget }) => {
                setStatus(statuses.find((each) => each === currentTarget.value) ?? null);
                mend('status');
              }}
            />
          </div>
        </div>
        <div data-field="reason">
          <TextInput
            label={exportText.reason}
            description={exportText.reasonHelp}
            maxLength={mostOfWhy}
            autoComplete="off"
            value={reason}
            error={errors['reason']}
            onChange={({ currentTarget }) => {
              setReason(currentTarget.value);
              mend('reason');
            }}
          />
        </div>
        <p className={dialogClasses['hint']}>{exportText.holds}</p>
        <div className={dialogClasses['actions']} data-held>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {exportText.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
