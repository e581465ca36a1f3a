import { Button, Textarea } from '@mantine/core';
import { type RefObject, useState } from 'react';
import { fieldErrors } from '~/ui/fieldErrors';
import { Key } from '~/ui/Key';
import { draftOf, keepDraft } from './drafts';
import classes from './OpenLead.module.css';
import type { Lead } from './queries';
import { text } from './text';
import type { LeadWork } from './useLeadWork';

const mostCharacters = 4_000;

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
  const [words, setWords] = useState(() => draftOf(lead.id));
  const [error, setError] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const write = (next: string) => {
    setWords(next);
    setError(null);
    keepDraft(lead.id, next);
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
      <Textarea
        ref={input}
        label={text.note.label}
        description={text.note.help}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={mostCharacters}
        autoComplete="off"
        // A browser's spelling service, or an extension's, would send what is written here to somebody else.
        spellCheck={false}
        data-gramm="false"
        value={words}
        error={error}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Out of the field, so that the lead's own keys work again; what was written stays.
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void save();
        }}
      />
      <Button type="submit" variant="default" loading={saving} disabled={words.trim() === '' && error === null}>
        {text.note.submit}
        <Key>Ctrl ↵</Key>
      </Button>
    </form>
  );
};
