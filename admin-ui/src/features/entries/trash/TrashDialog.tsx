import { Button, Loader, Modal, Radio } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { EntityPicker } from '~/ui/EntityPicker';
import classes from '../dialog.module.css';
import type { Entry, UserError } from '../entry';
import { undoNotice } from '../removedNotice';
import { UserLines } from '../UserLines';
import { RestoreEntry, TrashEntry, UsersQuery } from './queries';
import { text } from './text';

type Uses = 'UNLINK' | 'REPLACE' | 'KEEP';

type Props = {
  entry: Pick<Entry, 'id' | 'path' | 'live'>;
  title: string;
  kind: 'PAGE' | 'THERAPY';
  /** Sends what is written first, so that nothing of it is missing when it comes back. */
  settle: () => Promise<unknown>;
  onClose: () => void;
  onTrashed: () => void;
};

/** Puts a page or therapy into the trash, once somebody has seen what points at it and said what becomes of that. */
export const TrashDialog = ({ entry, title, kind, settle, onClose, onTrashed }: Props) => {
  const client = useClient();
  const { id, path, live } = entry;
  const [{ data, error }] = useQuery({ query: UsersQuery, variables: { id, first: 5 }, requestPolicy: 'network-only' });
  const [uses, setUses] = useState<Uses>('UNLINK');
  const [replacement, setReplacement] = useState<string | null>(null);
  const [redirectTo, setRedirectTo] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<readonly Pick<UserError, 'message' | 'path'>[]>([]);
  const found = data?.uses;
  const errorAt = (field: string) => errors.find((each) => each.path.at(-1) === field)?.message;
  const elsewhere = errors.filter(({ path: at }) => !['replacement', 'redirectTo'].includes(at.at(-1) ?? ''));

  const undo = async () => {
    const answer = await client.mutation(RestoreEntry, { input: { id, asItWas: true } });
    const refused =
      answer.error === undefined ? answer.data?.restoreEntry.userErrors[0]?.message : failureText(answer.error);
    notifications.show({ message: refused ?? text.restored(title) });
  };
  const go = async () => {
    setBusy(true);
    await settle();
    const answer = await client.mutation(TrashEntry, {
      input: {
        id,
        // What nobody has seen is not changed by the way.
        uses: found === undefined || found.totalCount === 0 ? 'REFUSE' : uses,
        replacement: uses === 'REPLACE' ? replacement : null,
        redirectTo,
      },
    });
    setBusy(false);
    const done = answer.data?.trashEntry;
    if (answer.error !== undefined) setErrors([{ message: failureText(answer.error), path: [] }]);
    else if (done?.trashed == null) setErrors(done?.userErrors ?? []);
    else {
      notifications.show(undoNotice(text.done(title, done.trashed.changed.length), () => void undo()));
      onTrashed();
    }
  };

  return (
    <Modal opened onClose={onClose} title={text.title(title)} size={520}>
      <div className={classes['dialog']}>
        <p>
          {text.body} {live !== null && text.live(path)}
        </p>
        {found === undefined && error === undefined && (
          <p role="status" className={classes['status']}>
            <Loader size={16} />
          </p>
        )}
        {found !== undefined && found.totalCount > 0 && (
          <>
            <UserLines uses={found} />
            <Radio.Group label={text.what} value={uses} onChange={(next) => setUses(next as Uses)}>
              <div className={classes['choices']}>
                <Radio value="UNLINK" label={text.unlink} description={text.unlinkHelp} />
                <Radio value="REPLACE" label={text.replace} description={text.replaceHelp} />
                {uses === 'REPLACE' && (
                  <EntityPicker
                    label={text.replacement}
                    kinds={[kind]}
                    value={replacement}
                    onChange={setReplacement}
                    error={errorAt('replacement')}
                  />
                )}
                <Radio value="KEEP" label={text.keep} description={text.keepHelp} />
              </div>
            </Radio.Group>
            {found.nodes.some((use) => use.kind !== 'PAGE' && use.kind !== 'THERAPY') && (
              <p className="muted">{text.facts}</p>
            )}
          </>
        )}
        {live !== null && (
          <EntityPicker
            label={text.redirect}
            description={text.redirectHelp(path)}
            kinds={['PAGE', 'THERAPY']}
            value={redirectTo}
            onChange={setRedirectTo}
            error={errorAt('redirectTo')}
          />
        )}
        {elsewhere.length > 0 && (
          <p role="alert" className={classes['failure']}>
            {text.failed}: {elsewhere.map(({ message }) => message).join(' ')}
          </p>
        )}
        <div className={classes['actions']}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {text.cancel}
          </Button>
          <Button
            variant="default"
            className="danger"
            loading={busy}
            disabled={found === undefined && error === undefined}
            onClick={() => void go()}
          >
            {text.now}
          </Button>
        </div>
      </div>
    </Modal>
  );
};
