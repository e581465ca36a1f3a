import { Button, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import dialog from '~/features/entries/dialog.module.css';
import { RestoreEntry } from '~/features/entries/trash/queries';
import { failureText } from '~/gql/client';
import { graphql, type ResultOf } from '~/gql/graphql';
import { useCan } from '~/gql/session';
import { Bar } from '~/ui/Bar';
import { Chip } from '~/ui/Chip';
import { Listing } from '~/ui/Listing';
import { RelativeTime } from '~/ui/RelativeTime';
import list from '~/ui/rows.module.css';
import { EmptyState } from '~/ui/states';
import { useTitle } from '~/ui/title';
import classes from './Trash.module.css';
import { text } from './text';

const TrashQuery = graphql(`
  query Trash($after: String) {
    trash(first: 50, after: $after) {
      nodes { id kind title path trashedAt removedAt }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
  }
`);

type Trashed = ResultOf<typeof TrashQuery>['trash']['nodes'][number];

const day = 24 * 60 * 60 * 1000;
const daysUntil = (at: string) => Math.ceil((Date.parse(at) - Date.now()) / day);

/** Pages and therapies that were deleted, and the way back. */
export const Trash = () => {
  useTitle(text.title);
  const client = useClient();
  const navigate = useNavigate();
  const mayWrite = useCan('WRITE_CONTENT');
  const [after, setAfter] = useState<string | null>(null);
  const [renaming, setRenaming] = useState<Trashed | null>(null);
  const [{ data, error, fetching }, retry] = useQuery({ query: TrashQuery, variables: { after } });
  const found = data?.trash;

  /** Why it did not come back, as a sentence; null when it did or when its address has to be changed first. */
  const restore = async (row: Trashed, slug: string | null): Promise<string | null> => {
    const answer = await client.mutation(RestoreEntry, { input: { id: row.id, slug } });
    const payload = answer.data?.restoreEntry;
    if (payload?.entry == null) {
      const [refused] = payload?.userErrors ?? [];
      if (slug === null && refused?.path.at(-1) === 'slug') {
        setRenaming(row);
        return null;
      }
      return refused?.message ?? (answer.error === undefined ? text.failed : failureText(answer.error));
    }
    setRenaming(null);
    notifications.show({ message: text.restored(row.title) });
    const params = { id: row.id };
    await (row.kind === 'PAGE' ? navigate({ to: '/pages/$id', params }) : navigate({ to: '/therapies/$id', params }));
    return null;
  };

  return (
    <>
      <Bar title={text.title} />
      <Listing
        found={found && { ...found, shown: found.nodes.length }}
        error={error === undefined ? null : failureText(error)}
        fetching={fetching}
        failed={text.failed}
        onRetry={() => retry({ requestPolicy: 'network-only' })}
        onMore={() => setAfter(found?.pageInfo.endCursor ?? null)}
        empty={<EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>}
      >
        <p className={classes['intro']}>{text.intro}</p>
        <table className={`${list['table']} ${classes['table']}`}>
          <caption className="visually-hidden">{text.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{text.columns.what}</th>
              <th scope="col">{text.columns.when}</th>
              <th scope="col">{text.columns.gone}</th>
              <th scope="col">
                <span className="visually-hidden">{text.columns.act}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found?.nodes.map((row) => (
              <tr key={row.id}>
                <td>
                  <span className={classes['what']}>
                    <b className="clip" title={row.title}>
                      {row.title}
                    </b>
                    <Chip plain>{text.kinds[row.kind]}</Chip>
                  </span>
                  <span className={`${list['detail']} clip`}>{row.path}</span>
                </td>
                <td>
                  <RelativeTime at={row.trashedAt} />
                </td>
                <td>{text.days(daysUntil(row.removedAt))}</td>
                <td>
                  {mayWrite && (
                    <Button
                      variant="default"
                      size="compact-sm"
                      aria-label={text.restoreOf(row.title)}
                      onClick={() =>
                        void restore(row, null).then(
                          (why) => why !== null && notifications.show({ message: why, color: 'red' }),
                        )
                      }
                    >
                      {text.restore}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Listing>
      {renaming !== null && <AddressDialog row={renaming} restore={restore} onClose={() => setRenaming(null)} />}
    </>
  );
};

/** Asks for another address where the old one is taken by now. */
const AddressDialog = ({
  row,
  restore,
  onClose,
}: {
  row: Trashed;
  restore: (row: Trashed, slug: string) => Promise<string | null>;
  onClose: () => void;
}) => {
  const [slug, setSlug] = useState(`${row.path.split('/').at(-1) ?? ''}-2`);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <Modal opened onClose={onClose} title={text.address.title}>
      <form
        className={dialog['dialog']}
        onSubmit={(event) => {
          event.preventDefault();
          setBusy(true);
          void restore(row, slug).then((why) => {
            setBusy(false);
            setFailure(why);
          });
        }}
      >
        <p>{text.address.body}</p>
        <TextInput
          label={text.address.label}
          value={slug}
          error={failure}
          data-autofocus
          onChange={({ currentTarget }) => setSlug(currentTarget.value)}
        />
        <div className={dialog['actions']}>
          <Button variant="default" onClick={onClose}>
            {text.address.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {text.restore}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
