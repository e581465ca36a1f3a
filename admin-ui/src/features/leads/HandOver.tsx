import { Button } from '@mantine/core';
import { useState } from 'react';
import { useCan } from '~/gql/session';
import { dayAndTime } from './clock';
import { useDraft } from './drafts';
import classes from './OpenLead.module.css';
import type { Lead } from './queries';
import { text } from './text';
import { useDialogWork } from './useDialogWork';
import type { LeadWork } from './useLeadWork';
import { WorkDialog } from './WorkDialog';

/** Whether those who treat somebody have what they need to know; who leads admissions says so. */
export const HandOver = ({ lead, work }: { lead: Lead; work: LeadWork }) => {
  const mayConfirm = useCan('DIRECT_LEADS');
  const [asks, setAsks] = useState(false);
  return (
    <div role="note" aria-label={text.handOver.label} className={classes['spam']}>
      <p className="num">
        {lead.handedOverAt === null ? text.handOver.open : text.handOver.done(dayAndTime(lead.handedOverAt))}
      </p>
      {mayConfirm && lead.handedOverAt === null ? (
        <div>
          <Button variant="default" size="compact-md" disabled={work.busy} onClick={() => setAsks(true)}>
            {text.handOver.confirm}
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
      title={text.handOver.title}
      work={dialog}
      note={note}
      noteLabel={text.handOver.note}
      noteHelp={text.handOver.noteHelp}
      submitLabel={text.handOver.confirm}
      onNote={setNote}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text.handOver.body}</p>
    </WorkDialog>
  );
};
