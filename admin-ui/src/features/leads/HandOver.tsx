import { Button } from '@mantine/core';
import { useState } from 'react';
import { useCan } from '~/gql/session';
import { dayAndTime } from './clock';
import { useDraft } from './drafts';
import classes from './OpenLead.module.css';
import type { Lead } from './queries';
import { stepText } from './stepText';
import { useDialogWork } from './useDialogWork';
import type { LeadWork } from './useLeadWork';
import { WorkDialog } from './WorkDialog';

/** Whether those who treat somebody have what they need to know; who leads admissions says so. */
export const HandOver = ({ lead, work }: { lead: Lead; work: LeadWork }) => {
  const mayConfirm = useCan('DIRECT_LEADS');
  const [asks, setAsks] = useState(false);
  return (
    <div role="note" aria-label={stepText.handOver.label} className={classes['spam']}>
      <p className="num">
        {lead.handedOverAt === null ? stepText.handOver.open : stepText.handOver.done(dayAndTime(lead.handedOverAt))}
      </p>
      {mayConfirm && lead.handedOverAt === null ? (
        <div>
          <Button variant="default" size="compact-md" disabled={work.busy} onClick={() => setAsks(true)}>
            {stepText.handOver.confirm}
          </Button>
        </div>
      ) : null}
      {asks ? <HandOverDialog lead={lead} work={work} onClose={() => setAsks(false)} /> : null}
    </div>
  );
};

const HandOverDialog = ({ lead, work, onClose }: { lead: Lead; work: LeadWork; onClose: () => void }) => {
  const dialog = useDialogWork(lead, ['note']);
  const [note, setNote] = useDraft(`${lead.id}/hand-over`);
  const submit = async () => {
    if (!(await dialog.perform((seen) => work.confirmHandOver(seen, note)))) return;
    setNote('');
    onClose();
  };
  return (
    <WorkDialog
      title={stepText.handOver.title}
      work={dialog}
      note={note}
      noteLabel={stepText.handOver.note}
      noteHelp={stepText.handOver.noteHelp}
      submitLabel={stepText.handOver.confirm}
      onNote={setNote}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{stepText.handOver.body}</p>
    </WorkDialog>
  );
};
