import { useDraft } from '../drafts';
import type { Lead } from '../queries';
import type { Person } from '../reveal';
import { useDialogWork } from '../useDialogWork';
import type { LeadWork } from '../useLeadWork';
import { WorkDialog } from '../WorkDialog';
import { referralText as text } from './text';

/** That the patient took back that a place may be told of them. */
export const RevokeDialog = ({
  lead,
  referral,
  work,
  onRevoked,
  onClose,
}: {
  lead: Lead;
  referral: Person['referrals'][number];
  work: LeadWork;
  onRevoked: () => void;
  onClose: () => void;
}) => {
  const dialog = useDialogWork(lead, ['note']);
  const [note, setNote] = useDraft(`${lead.id}/revoke`);

  const submit = async () => {
    if (!(await dialog.perform((seen) => work.revokeReferral(seen, referral.id, note)))) return;
    setNote('');
    onRevoked();
    onClose();
  };

  return (
    <WorkDialog
      title={text.revokeTitle}
      work={dialog}
      note={note}
      noteHelp={text.revokeNoteHelp}
      submitLabel={text.revokeSubmit}
      onNote={setNote}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text.revokeBody(referral.recipient)}</p>
    </WorkDialog>
  );
};
