import { TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './dialog.module.css';
import type { Lead } from './queries';
import { text } from './text';
import { useDialogWork } from './useDialogWork';
import type { LeadWork } from './useLeadWork';
import { WorkDialog } from './WorkDialog';
import { isWhy, mostOfWhy } from './why';

/** Erases a person for good. Nothing brings them back, so the reference is typed first: nobody does that by mistake. */
export const EraseDialog = ({ lead, work, onClose }: { lead: Lead; work: LeadWork; onClose: () => void }) => {
  const dialog = useDialogWork(lead, ['reason']);
  const { seen } = dialog;
  const [typed, setTyped] = useState('');
  const [left, setLeft] = useState(false);
  const [reason, setReason] = useState('');
  const isTyped = typed.trim().toUpperCase() === seen.reference.toUpperCase();

  const submit = async () => {
    if (!isWhy(reason)) return dialog.refuse({ reason: text.why.wrong });
    if (await dialog.perform((at) => work.erase(at, reason))) onClose();
  };

  return (
    <WorkDialog
      title={text.erase.title}
      size={500}
      work={dialog}
      note={reason}
      noteLabel={text.why.label}
      noteHelp={text.why.help}
      noteField="reason"
      noteMost={mostOfWhy}
      submitLabel={text.erase.submit}
      disabled={!isTyped || seen.heldAt !== null}
      dangerous
      onNote={setReason}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes['goes']}>
        {[text.erase.goes, text.erase.stays, text.erase.copies].map(({ title, body }) => (
          <p key={title}>
            <b>{title}</b>
            {body}
          </p>
        ))}
        {seen.nextActionAt === null ? null : <p>{text.erase.closes}</p>}
        {seen.heldAt === null ? null : <p>{text.erase.heldFirst}</p>}
      </div>
      <TextInput
        label={text.erase.typed(seen.reference)}
        autoCapitalize="characters"
        spellCheck={false}
        value={typed}
        error={left && typed.trim() !== '' && !isTyped ? text.erase.notTyped(seen.reference) : null}
        data-autofocus
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={() => setLeft(true)}
      />
    </WorkDialog>
  );
};
