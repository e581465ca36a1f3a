import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import dialog from '~/features/entries/dialog.module.css';
import { failureText } from '~/gql/client';
import { TextArea } from '~/ui/TextArea';
import { problemsOf } from './definition';
import { type Consent, SaveWording, type Wording } from './queries';
import { text } from './text';

/** Writes the next wording of a consent. */
export const WordingDialog = ({
  kind,
  newest,
  onClose,
  onSaved,
}: {
  kind: Consent;
  newest: Wording | undefined;
  onClose: () => void;
  onSaved: () => void;
}) => {
  const client = useClient();
  const [wording, setWording] = useState(newest?.wording ?? '');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  const save = async () => {
    if (busy) return;
    setBusy(true);
    setWrong(null);
    setFailure(null);
    const input = { consent: kind, baseVersion: newest?.version ?? 0, wording };
    const { data, error } = await client.mutation(SaveWording, { input });
    setBusy(false);
    if (data?.saveLeadConsentText.text != null) return onSaved();
    const { at, rest } = problemsOf(data?.saveLeadConsentText.userErrors ?? []);
    setWrong(at['wording'] ?? null);
    if (error !== undefined) setFailure(failureText(error));
    else if (at['baseVersion'] !== undefined) setFailure(text.consents.conflict);
    else if (at['wording'] === undefined) setFailure(rest[0] ?? text.refused);
  };

  return (
    <Modal opened onClose={onClose} title={text.consents.dialog(text.consents.kind[kind])} size={560}>
      <form
        noValidate
        className={dialog['dialog']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextArea
          label={text.consents.label}
          description={text.consents.help}
          value={wording}
          error={wrong}
          onChange={setWording}
        />
        {failure !== null && (
          <p role="alert" className={dialog['failure']}>
            {text.consents.failed}: {failure}
          </p>
        )}
        <div className={dialog['actions']}>
          <Button variant="default" onClick={onClose}>
            {text.consents.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {text.consents.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
