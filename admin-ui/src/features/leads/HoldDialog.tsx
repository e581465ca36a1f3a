import { useState } from 'react';
import type { Lead } from './queries';
import { text } from './text';
import { useDialogWork } from './useDialogWork';
import type { LeadWork } from './useLeadWork';
import { WorkDialog } from './WorkDialog';
import { isWhy, mostOfWhy } from './why';

/** Keeps a lead for a legal matter, or releases it: whichever it was when the dialog opened. */
export const HoldDialog = ({ lead, work, onClose }: { lead: Lead; work: LeadWork; onClose: () => void }) => {
  const dialog = useDialogWork(lead, ['reason']);
  const [keeps] = useState(lead.heldAt === null);
  const [reason, setReason] = useState('');

  const submit = async () => {
    if (!isWhy(reason)) return dialog.refuse({ reason: text.why.wrong });
    if (await dialog.perform((seen) => work.hold(seen, keeps, reason))) onClose();
  };

  return (
    <WorkDialog
      title={keeps ? text.hold.title : text.hold.releaseTitle}
      work={dialog}
      note={reason}
      noteLabel={text.why.label}
      noteHelp={text.why.help}
      noteField="reason"
      noteMost={mostOfWhy}
      submitLabel={keeps ? text.hold.submit : text.hold.releaseSubmit}
      onNote={setReason}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{keeps ? text.hold.body : text.hold.releaseBody}</p>
    </WorkDialog>
  );
};
