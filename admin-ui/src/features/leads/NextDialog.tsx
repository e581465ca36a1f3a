import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFocusBack } from '~/ui/useFocusBack';
import { DialogAlert } from './DialogAlert';
import classes from './dialog.module.css';
import { NextField } from './NextField';
import { NoteField } from './NoteField';
import type { Next } from './next';
import { text } from './text';
import type { DialogWork } from './useDialogWork';

/** A form that ends in when it goes on with a lead, and a note. What comes before is the caller's. */
export const NextDialog = ({
  title,
  size,
  work: { errors, trouble, busy, form, mend },
  next,
  note,
  noteHelp,
  submitLabel,
  autoFocus = false,
  children,
  onNext,
  onNote,
  onSubmit,
  onClose,
}: {
  title: string;
  size: number;
  work: DialogWork;
  next: Next;
  note: string;
  noteHelp: string;
  submitLabel: string;
  /** Whether the keyboard begins at when it goes on. */
  autoFocus?: boolean;
  children?: ReactNode;
  onNext: (next: Next) => void;
  onNote: (words: string) => void;
  onSubmit: () => Promise<void>;
  onClose: () => void;
}) => {
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={title} size={size}>
      <form
        ref={form}
        noValidate
        autoComplete="off"
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        <DialogAlert trouble={trouble} />
        {children}
        <NextField
          value={next}
          error={errors['nextActionAt']}
          autoFocus={autoFocus}
          onChange={(value) => {
            onNext(value);
            mend('nextActionAt');
          }}
        />
        <div data-field="note">
          <NoteField
            label={text.log.note}
            description={noteHelp}
            value={note}
            error={errors['note']}
            onChange={(words) => {
              onNote(words);
              mend('note');
            }}
            onSubmit={() => void onSubmit()}
          />
        </div>
        <div className={classes['actions']} data-held>
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
