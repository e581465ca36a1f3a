import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useFocusBack } from '~/ui/useFocusBack';
import { DialogAlert } from './DialogAlert';
import classes from './dialog.module.css';
import { useDraft } from './drafts';
import { NextField } from './NextField';
import { NoteField } from './NoteField';
import { judgeNext, type Next } from './next';
import type { Lead } from './queries';
import { text } from './text';
import { useDialogWork } from './useDialogWork';
import type { LeadWork } from './useLeadWork';

/** Says when it goes on; until then the lead asks for nothing. */
export const SnoozeDialog = ({ lead, work, onClose }: { lead: Lead; work: LeadWork; onClose: () => void }) => {
  useFocusBack();
  const { errors, trouble, busy, form, perform, refuse, mend } = useDialogWork(lead, ['nextActionAt', 'note']);
  const [next, setNext] = useState<Next>({ pick: null, other: '' });
  const [note, setNote] = useDraft(`${lead.id}/snooze`);

  const submit = async () => {
    if (busy) return;
    const { at, wrong } = judgeNext(next, Date.now());
    if (at === null) return refuse({ nextActionAt: wrong });
    if (!(await perform((seen) => work.schedule(seen, { note, nextActionAt: new Date(at).toISOString() })))) return;
    setNote('');
    onClose();
  };

  return (
    <Modal opened onClose={onClose} title={text.snooze.title} size={460}>
      <form
        ref={form}
        noValidate
        autoComplete="off"
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <DialogAlert trouble={trouble} />
        <NextField
          value={next}
          error={errors['nextActionAt']}
          autoFocus
          onChange={(value) => {
            setNext(value);
            mend('nextActionAt');
          }}
        />
        <div data-field="note">
          <NoteField
            label={text.log.note}
            description={text.snooze.noteHelp}
            value={note}
            error={errors['note']}
            onChange={(words) => {
              setNote(words);
              mend('note');
            }}
            onSubmit={() => void submit()}
          />
        </div>
        <div className={classes['actions']} data-held>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {text.snooze.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
