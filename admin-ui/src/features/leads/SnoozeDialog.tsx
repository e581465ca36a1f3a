import { useState } from 'react';
import { useDraft } from './drafts';
import { NextField } from './NextField';
import { judgeNext, type Next } from './next';
import type { Lead } from './queries';
import { text } from './text';
import { useDialogWork } from './useDialogWork';
import type { LeadWork } from './useLeadWork';
import { WorkDialog } from './WorkDialog';

/** Says when it goes on; until then the lead asks for nothing. */
export const SnoozeDialog = ({ lead, work, onClose }: { lead: Lead; work: LeadWork; onClose: () => void }) => {
  const dialog = useDialogWork(lead, ['nextActionAt', 'note']);
  const [next, setNext] = useState<Next>({ pick: null, other: '' });
  const [note, setNote] = useDraft(`${lead.id}/snooze`);

  const submit = async () => {
    const { at, wrong } = judgeNext(next, Date.now());
    if (at === null) return dialog.refuse({ nextActionAt: wrong });
    const nextActionAt = new Date(at).toISOString();
    if (!(await dialog.perform((seen) => work.schedule(seen, { note, nextActionAt })))) return;
    setNote('');
    onClose();
  };

  return (
    <WorkDialog
      title={text.snooze.title}
      work={dialog}
      note={note}
      noteHelp={text.snooze.noteHelp}
      submitLabel={text.snooze.submit}
      onNote={setNote}
      onSubmit={submit}
      onClose={onClose}
    >
      <NextField
        value={next}
        error={dialog.errors['nextActionAt']}
        autoFocus
        onChange={(value) => {
          setNext(value);
          dialog.mend('nextActionAt');
        }}
      />
    </WorkDialog>
  );
};
