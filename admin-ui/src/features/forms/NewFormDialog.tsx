import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import dialog from '~/features/entries/dialog.module.css';
import { failureText } from '~/gql/client';
import { slugify } from '~/ui/slug';
import { definitionOf, type Problems, problemsOf } from './definition';
import { FormQuery, SaveForm } from './queries';
import { text } from './text';

const none: Problems = { at: {}, rest: [] };

/** Makes a form that begins as a copy of the one that every installation has. */
export const NewFormDialog = ({ onClose, onCreated }: { onClose: () => void; onCreated: (key: string) => void }) => {
  const client = useClient();
  const [title, setTitle] = useState('');
  const [typedKey, setTypedKey] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState(none);
  const key = typedKey ?? slugify(title).slice(0, 40);

  const create = async () => {
    if (busy) return;
    setBusy(true);
    const copied = await client.query(FormQuery, { key: 'confidential' }, { requestPolicy: 'network-only' });
    const current = copied.data?.leadForm?.current;
    if (current === undefined) {
      setBusy(false);
      setProblems({ at: {}, rest: [copied.error === undefined ? text.refused : failureText(copied.error)] });
      return;
    }
    const input = { key, title: title.trim(), definition: definitionOf(current.definition) };
    const { data, error } = await client.mutation(SaveForm, { input });
    setBusy(false);
    const created = data?.saveLeadForm.form;
    if (created != null) onCreated(created.key);
    else if (error !== undefined) setProblems({ at: {}, rest: [failureText(error)] });
    else setProblems(problemsOf(data?.saveLeadForm.userErrors ?? []));
  };

  return (
    <Modal opened onClose={onClose} title={text.create.title} size={480}>
      <form
        noValidate
        autoComplete="off"
        className={dialog['dialog']}
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <p>{text.create.intro}</p>
        <TextInput
          label={text.create.name}
          description={text.create.nameHelp}
          value={title}
          maxLength={120}
          error={problems.at['title']}
          data-autofocus
          onChange={({ currentTarget }) => setTitle(currentTarget.value)}
        />
        <TextInput
          label={text.create.key}
          description={text.create.keyHelp}
          leftSection={<span aria-hidden="true">/forms/</span>}
          leftSectionWidth={68}
          autoCapitalize="off"
          spellCheck={false}
          value={key}
          maxLength={40}
          error={problems.at['key']}
          onChange={({ currentTarget }) => setTypedKey(currentTarget.value)}
        />
        {problems.rest.length > 0 && (
          <p role="alert" className={dialog['failure']}>
            {text.create.failed}: {problems.rest.join(' ')}
          </p>
        )}
        <div className={dialog['actions']}>
          <Button variant="default" onClick={onClose}>
            {text.create.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {text.create.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
