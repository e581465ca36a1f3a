import { useState } from 'react';
import type { Lead } from '../queries';
import { text } from '../text';
import { useDialogWork } from '../useDialogWork';
import type { LeadWork } from '../useLeadWork';
import { WorkDialog } from '../WorkDialog';
import { isWhy, mostOfWhy } from '../why';
import { suppressionText as words } from './text';

/** That somebody may be contacted again who had asked not to be. */
export const LiftDialog = ({ lead, work, onClose }: { lead: Lead; work: LeadWork; onClose: () => void }) => {
  const dialog = useDialogWork(lead, ['reason']);
  const [reason, setReason] = useState('');

  const submit = async () => {
    if (!isWhy(reason)) return dialog.refuse({ reason: text.why.wrong });
    if (await dialog.perform((seen) => work.liftSuppression(seen, reason))) onClose();
  };

  return (
    <WorkDialog
      title={words.liftTitle}
      work={dialog}
      note={reason}
      noteLabel={text.why.label}
      noteHelp={text.why.help}
      noteField="reason"
      noteMost={mostOfWhy}
      submitLabel={words.liftSubmit}
      onNote={setReason}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{words.liftBody}</p>
    </WorkDialog>
  );
};
