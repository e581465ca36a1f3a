import { Button, FileButton, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import dialog from '~/features/entries/dialog.module.css';
import { failureText } from '~/gql/client';
import classes from './ImportDialog.module.css';
import { type Import, ImportRedirects } from './queries';
import { text } from './text';

/** Takes over redirects from a table, once somebody has seen what would come of it. */
export const ImportDialog = ({ onClose, onDone }: { onClose: () => void; onDone: (count: number) => void }) => {
  const client = useClient();
  const [csv, setCsv] = useState('');
  const [told, setTold] = useState<Import | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (next: string) => {
    setCsv(next);
    setTold(null);
    setFailure(null);
  };

  const run = async (dryRun: boolean) => {
    setBusy(true);
    const { data, error } = await client.mutation(ImportRedirects, { input: { csv, dryRun } });
    setBusy(false);
    const imported = data?.importRedirects.imported;
    if (imported == null) {
      setFailure(error === undefined ? (data?.importRedirects.userErrors[0]?.message ?? '') : failureText(error));
    } else if (dryRun) setTold(imported);
    else onDone(imported.added + imported.changed);
  };
  const count = told === null ? 0 : told.added + told.changed;

  return (
    <Modal opened onClose={onClose} title={text.importing.title} size={640}>
      <div className={dialog['dialog']}>
        <p>{text.importing.body}</p>
        <Textarea
          label={text.importing.label}
          placeholder={text.importing.placeholder}
          value={csv}
          error={failure === null ? null : `${text.importing.failed}: ${failure}`}
          rows={8}
          spellCheck={false}
          classNames={{ input: classes['table'] ?? '' }}
          data-autofocus
          onChange={({ currentTarget }) => change(currentTarget.value)}
        />
        {told !== null && (
          <div role="status">
            <p>{count === 0 ? text.importing.nothing : `${text.importing.told(told.added, told.changed)}.`}</p>
            {told.leftOut > 0 && (
              <>
                <p>{text.importing.leftOut(told.leftOut)}</p>
                <ul className={classes['problems']} tabIndex={-1}>
                  {told.problems.map(({ line, message }) => (
                    <li key={line}>
                      <b>{text.importing.line(line)}</b> {message}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        )}
        <div className={dialog['actions']}>
          <FileButton accept=".csv,.tsv,.txt,text/csv" onChange={(file) => void file?.text().then(change)}>
            {(props) => (
              <Button variant="default" className={classes['file'] ?? ''} {...props}>
                {text.importing.file}
              </Button>
            )}
          </FileButton>
          <Button variant="default" onClick={onClose}>
            {text.form.cancel}
          </Button>
          {count === 0 ? (
            <Button loading={busy} disabled={csv.trim() === '' || told !== null} onClick={() => void run(true)}>
              {text.importing.look}
            </Button>
          ) : (
            <Button loading={busy} onClick={() => void run(false)}>
              {text.importing.now(count)}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
};
