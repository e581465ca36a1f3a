import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import dialog from '~/features/entries/dialog.module.css';
import { failureText } from '~/gql/client';
import { EntityPicker } from '~/ui/EntityPicker';
import { DeleteRedirect, type Redirect, SaveRedirect } from './queries';
import classes from './RedirectDialog.module.css';
import { text } from './text';

type Problem = { message: string; path: readonly string[] };

/** Writes one redirect, or deletes it. */
export const RedirectDialog = ({
  redirect,
  onClose,
  onSaved,
  onRemoved,
}: {
  /** Nothing for a new one. */
  redirect: Redirect | null;
  onClose: () => void;
  onSaved: (saved: Redirect) => void;
  onRemoved: (fromPath: string) => void;
}) => {
  const client = useClient();
  const [fromPath, setFromPath] = useState(redirect?.fromPath ?? '');
  const [outside, setOutside] = useState(redirect !== null && redirect.entry === null);
  const [page, setPage] = useState(redirect?.entry?.id ?? null);
  const [url, setUrl] = useState(redirect?.entry === null ? redirect.target : '');
  const [status, setStatus] = useState(redirect?.status ?? 301);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const at = (field: string) => problems.find(({ path }) => path.at(-1) === field)?.message;
  const elsewhere = problems.filter(({ path }) => !['fromPath', 'target'].includes(path.at(-1) ?? ''));

  const save = async () => {
    setBusy(true);
    const input = { id: redirect?.id ?? null, fromPath, target: (outside ? url : page) ?? '', status };
    const { data, error } = await client.mutation(SaveRedirect, { input });
    setBusy(false);
    const saved = data?.saveRedirect.redirect;
    if (saved != null) onSaved(saved);
    else if (error !== undefined) setProblems([{ message: failureText(error), path: [] }]);
    else setProblems(data?.saveRedirect.userErrors ?? []);
  };
  const remove = async (id: string) => {
    setBusy(true);
    const { data, error } = await client.mutation(DeleteRedirect, { input: { id } });
    setBusy(false);
    const refused =
      error === undefined ? (data?.deleteRedirect.userErrors ?? []) : [{ message: failureText(error), path: [] }];
    if (refused.length === 0) onRemoved(fromPath);
    else setProblems(refused);
  };

  return (
    <Modal opened onClose={onClose} title={redirect === null ? text.new : text.form.title} size={520}>
      <form
        className={dialog['dialog']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          label={text.form.from}
          description={text.form.fromHelp}
          value={fromPath}
          error={at('fromPath')}
          maxLength={1000}
          data-autofocus
          onChange={({ currentTarget }) => setFromPath(currentTarget.value)}
        />
        <Radio.Group
          label={text.form.where}
          value={outside ? 'outside' : 'page'}
          onChange={(next) => setOutside(next === 'outside')}
        >
          <div className={classes['choices']}>
            <Radio value="page" label={text.form.page} />
            <Radio value="outside" label={text.form.outside} />
          </div>
        </Radio.Group>
        {outside ? (
          <TextInput
            label={text.form.url}
            placeholder="https://"
            value={url}
            error={at('target')}
            maxLength={1000}
            onChange={({ currentTarget }) => setUrl(currentTarget.value)}
          />
        ) : (
          <EntityPicker
            label={text.form.target}
            kinds={['PAGE', 'THERAPY']}
            value={page}
            onChange={setPage}
            error={at('target')}
          />
        )}
        <Radio.Group label={text.form.kind} value={String(status)} onChange={(next) => setStatus(Number(next))}>
          <div className={classes['choices']}>
            <Radio value="301" label={text.form.good} description={text.form.goodHelp} />
            <Radio value="302" label={text.form.now} description={text.form.nowHelp} />
          </div>
        </Radio.Group>
        {elsewhere.length > 0 && (
          <p role="alert" className={dialog['failure']}>
            {text.form.failed}: {elsewhere.map(({ message }) => message).join(' ')}
          </p>
        )}
        <div className={dialog['actions']}>
          {redirect !== null && (
            <Button
              variant="subtle"
              className={`danger ${classes['remove']}`}
              disabled={busy}
              onClick={() => void remove(redirect.id)}
            >
              {text.form.remove}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {text.form.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {text.form.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
