import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import type { EntryRow } from '~/ui/EntryList';
import type { UserError } from '../entry';
import { PublishEntries, UndoPublish } from '../queries';
import { undoNotice } from '../removedNotice';
import { RestoreEntry, TrashEntry } from '../trash/queries';
import classes from './BulkBar.module.css';
import { most } from './most';
import { RepublishEntries, UnpublishEntries } from './queries';
import { text } from './text';

type Problem = Pick<UserError, 'message' | 'path'>;

/** What can be done with several pages or therapies at once; each can be undone. */
export const BulkBar = ({
  rows,
  cut,
  onChanged,
  onClear,
}: {
  rows: readonly EntryRow[];
  /** They are the first of more, as many as go together. */
  cut: boolean;
  /** The list is not as it was. */
  onChanged: () => void;
  onClear: () => void;
}) => {
  const client = useClient();
  const mayPublish = useCan('PUBLISH');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const tooMany = rows.length > most;

  const say = (message: string, undo: () => Promise<unknown>) =>
    notifications.show(undoNotice(message, () => void undo().then(() => notifications.show({ message: text.undone }))));
  /** Names the row that each problem is about. */
  const refuse = (asked: readonly EntryRow[], error: CombinedError | undefined, found: readonly Problem[] = []) =>
    setProblems(
      error !== undefined
        ? [failureText(error)]
        : found.map(({ message, path }) => {
            const row = asked[Number(path[path.indexOf('entries') + 1])];
            return row === undefined ? message : `${row.title}: ${message}`;
          }),
    );
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setProblems([]);
    await act();
    setBusy(false);
  };

  const publish = () =>
    run(async () => {
      const asked = rows.filter(({ status }) => status !== 'LIVE');
      const entries = asked.flatMap(({ id, draftId }) => (draftId === null ? [] : [{ id, revision: draftId }]));
      if (entries.length === 0) return setProblems([text.nothing.publish]);
      const { data, error } = await client.mutation(PublishEntries, { input: { entries } });
      if (data?.publishEntries.entries == null) return refuse(asked, error, data?.publishEntries.userErrors);
      say(text.published(entries.length), () => client.mutation(UndoPublish, { input: { entries } }).toPromise());
      onClear();
    });

  const unpublish = () =>
    run(async () => {
      const asked = rows.filter(({ status }) => status !== 'DRAFT');
      const entries = asked.map(({ id }) => id);
      if (entries.length === 0) return setProblems([text.nothing.unpublish]);
      const { data, error } = await client.mutation(UnpublishEntries, { input: { entries } });
      if (data?.unpublishEntries.entries == null) return refuse(asked, error, data?.unpublishEntries.userErrors);
      say(text.unpublished(entries.length), () =>
        client.mutation(RepublishEntries, { input: { entries } }).toPromise(),
      );
      onClear();
    });

  const trash = () =>
    run(async () => {
      const gone: EntryRow[] = [];
      const refused: string[] = [];
      // What stands below another goes before it.
      const deepestFirst = [...rows].sort((one, other) => other.path.length - one.path.length);
      for (const row of deepestFirst) {
        const { data, error } = await client.mutation(TrashEntry, { input: { id: row.id } });
        if (data?.trashEntry.trashed != null) gone.push(row);
        else {
          const [why] = data?.trashEntry.userErrors ?? [];
          refused.push(`${row.title}: ${error === undefined ? (why?.message ?? '') : failureText(error)}`);
        }
      }
      setProblems(refused);
      onChanged();
      if (gone.length > 0) {
        say(text.trashed(gone.length), async () => {
          // What stood above comes back first.
          for (const { id } of [...gone].reverse()) {
            await client.mutation(RestoreEntry, { input: { id, asItWas: true } });
          }
          onChanged();
        });
      }
      if (refused.length === 0) onClear();
    });

  return (
    <section className={classes['bar']} aria-label={text.label}>
      <b className="num" role="status">
        {cut ? text.first(rows.length) : text.chosen(rows.length)}
      </b>
      {mayPublish && (
        <>
          <Button size="compact-md" variant="default" disabled={busy || tooMany} onClick={() => void publish()}>
            {text.publish}
          </Button>
          <Button size="compact-md" variant="default" disabled={busy || tooMany} onClick={() => void unpublish()}>
            {text.unpublish}
          </Button>
        </>
      )}
      <Button
        size="compact-md"
        variant="default"
        className="danger"
        disabled={busy || tooMany}
        onClick={() => void trash()}
      >
        {text.trash}
      </Button>
      <Button size="compact-md" variant="subtle" onClick={onClear}>
        {text.clear}
      </Button>
      {tooMany && <p className={classes['problems']}>{text.tooMany(most)}</p>}
      {problems.length > 0 && (
        <div role="alert" className={classes['problems']}>
          <b>{text.notDone}</b>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
};
