import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFocusBack } from '~/ui/useFocusBack';
import { DialogAlert } from './DialogAlert';
import classes from './dialog.module.css';
import { NoteField } from './NoteField';
import { text } from './text';
import type { DialogWork } from './useDialogWork';

/** A form over a lead that ends in a note, or in a reason. What comes before is the caller's. */
export const WorkDialog = ({
  title,
  size = 460,
  work: { errors, trouble, busy, form, mend },
  note,
  noteLabel = text.log.note,
  noteHelp,
  noteField = 'note',
  noteMost,
  submitLabel,
  disabled = false,
  dangerous = false,
  children,
  onNote,
  onSubmit,
  onClose,
}: {
  title: string;
  size?: number;
  work: DialogWork;
  note: string;
  noteLabel?: string;
  noteHelp: string;
  /** As the server names it. */
  noteField?: 'note' | 'reason';
  /** Characters. */
  noteMost?: number;
  submitLabel: string;
  disabled?: boolean;
  dangerous?: boolean;
  children: ReactNode;
  onNote: (words: string) => void;
  onSubmit: () => Promise<void>;
  onClose: () => void;
}) => {
  useFocusBack();
  const submit = () => {
    if (!busy && !disabled) void onSubmit();
  };
  return (
    <Modal opened onClose={onClose} title={title} size={size}>
      <form
        ref={form}
        noValidate
        autoComplete="off"
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <DialogAlert trouble={trouble} />
        {children}
        <div data-field={noteField}>
          <NoteField
            label={noteLabel}
            description={noteHelp}
            value={note}
            error={errors[noteField]}
            {...(noteMost === undefined ? {} : { most: noteMost })}
            onChange={(words) => {
              onNote(words);
              mend(noteField);
            }}
            onSubmit={submit}
          />
        </div>
        <div className={classes['actions']} data-held>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button
            type="submit"
            loading={busy}
            disabled={disabled}
            {...(dangerous ? { variant: 'default', className: 'danger' } : {})}
          >
            {submitLabel}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
