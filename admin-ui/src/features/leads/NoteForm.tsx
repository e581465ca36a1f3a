import { Button } from '@mantine/core';
import { type RefObject, useState } from 'react';
import { fieldErrors } from '~/ui/fieldErrors';
import { Key } from '~/ui/Key';
import { useDraft } from './drafts';
import { NoteField } from './NoteField';
import classes from './OpenLead.module.css';
import type { Lead } from './queries';
import { text } from './text';
import type { LeadWork } from './useLeadWork';

/** A note for the timeline. What is typed stays until it is saved, whatever happens to the lead meanwhile. */
export const NoteForm = ({
  lead,
  work,
  input,
}: {
  lead: Lead;
  work: LeadWork;
  input: RefObject<HTMLTextAreaElement | null>;
}) => {
  const [words, setWords] = useDraft(lead.id);
  const [error, setError] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const write = (next: string) => {
    setWords(next);
    setError(null);
  };

  const save = async () => {
    if (saving) return;
    if (words.trim() === '') {
      setError(text.note.empty);
      input.current?.focus();
      return;
    }
    setSaving(true);
    const answer = await work.addNote(lead, words);
    setSaving(false);
    if (answer.kind === 'done') {
      write('');
      return;
    }
    const refused = answer.kind === 'refused' ? fieldErrors(answer.userErrors, ['text']) : null;
    const why =
      refused?.byField['text'] ?? refused?.rest[0] ?? (answer.kind === 'failed' ? answer.message : text.failed);
    setError(`${text.note.failed} ${why}`);
    input.current?.focus();
  };

  return (
    <form
      noValidate
      autoComplete="off"
      className={classes['note']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <NoteField
        input={input}
        label={text.note.label}
        description={text.note.help}
        value={words}
        error={error}
        onChange={write}
        onSubmit={() => void save()}
        // Out of the field, so that the lead's own keys work again; what was written stays.
        onEscape={(field) => field.blur()}
      />
      <Button type="submit" variant="default" loading={saving} disabled={words.trim() === '' && error === null}>
        {text.note.submit}
        <Key>Ctrl ↵</Key>
      </Button>
    </form>
  );
};
