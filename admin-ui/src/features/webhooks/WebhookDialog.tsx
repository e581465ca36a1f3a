import { Button, Checkbox, Modal, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import dialog from '~/features/entries/dialog.module.css';
import { failureText } from '~/gql/client';
import { fieldErrors } from '~/ui/fieldErrors';
import { SaveWebhook, type Webhook, webhookTopics } from './queries';
import { text } from './text';
import classes from './WebhookDialog.module.css';

/** Writes where a webhook leads, what it is for, what it is told of and whether it is on. */
export const WebhookDialog = ({
  webhook,
  onClose,
  onSaved,
}: {
  /** Nothing for a new one. */
  webhook: Webhook | null;
  onClose: () => void;
  onSaved: (saved: Webhook) => void;
}) => {
  const client = useClient();
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [enabled, setEnabled] = useState(webhook?.enabled ?? true);
  const [topics, setTopics] = useState<string[]>(webhook?.topics ?? ['CONTENT_CHANGED']);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<{ message: string; path: string[] }[]>([]);
  const { byField, rest } = fieldErrors(problems, ['url', 'description', 'topics']);

  const save = async () => {
    if (busy) return;
    setBusy(true);
    const input = {
      id: webhook?.id ?? null,
      url: url.trim(),
      description: description.trim(),
      enabled,
      topics: webhookTopics.filter((topic) => topics.includes(topic)),
    };
    const { data, error } = await client.mutation(SaveWebhook, { input });
    setBusy(false);
    const saved = data?.saveWebhook.webhook;
    if (saved != null) onSaved(saved);
    else if (error !== undefined) setProblems([{ message: failureText(error), path: [] }]);
    else setProblems(data?.saveWebhook.userErrors ?? []);
  };

  return (
    <Modal opened onClose={onClose} title={webhook === null ? text.form.new : text.form.title} size={520}>
      <form
        noValidate
        className={dialog['dialog']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          type="url"
          inputMode="url"
          label={text.form.url}
          description={text.form.urlHelp}
          placeholder="https://www.example.org/api/revalidate"
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          value={url}
          error={byField['url']}
          maxLength={2000}
          data-autofocus
          onChange={({ currentTarget }) => setUrl(currentTarget.value)}
        />
        <TextInput
          label={text.form.description}
          description={text.form.descriptionHelp}
          value={description}
          error={byField['description']}
          maxLength={120}
          onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        />
        <Checkbox.Group
          label={text.form.topics}
          description={text.form.topicsHelp}
          value={topics}
          error={byField['topics']}
          onChange={setTopics}
        >
          <div className={classes['topics']}>
            {webhookTopics.map((topic) => (
              <Checkbox key={topic} value={topic} label={text.topics[topic]} />
            ))}
          </div>
        </Checkbox.Group>
        <Switch
          label={text.form.enabled}
          description={text.form.enabledHelp}
          checked={enabled}
          onChange={({ currentTarget }) => setEnabled(currentTarget.checked)}
        />
        {rest.length > 0 && (
          <p role="alert" className={dialog['failure']}>
            {text.form.failed}: {rest.join(' ')}
          </p>
        )}
        <div className={dialog['actions']}>
          <Button variant="default" onClick={onClose}>
            {text.form.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {webhook === null ? text.form.create : text.form.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
