import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './dialog.module.css';
import { text } from './text';

/** A save that says why. */
export const NoteDialog = ({ onSave, onClose }: { onSave: (note: string) => void; onClose: () => void }) => {
  const [note, setNote] = useState('');
  return (
    <Modal opened onClose={onClose} title={text.note.title}>
      <form
        className={classes['dialog']}
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          onSave(note.trim());
        }}
      >
        <TextInput
          data-autofocus
          label={text.note.label}
          description={text.note.help}
          maxLength={200}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <div className={classes['actions']}>
          <Button variant="subtle" onClick={onClose}>
            {text.note.cancel}
          </Button>
          <Button type="submit">{text.note.save}</Button>
        </div>
      </form>
    </Modal>
  );
};
