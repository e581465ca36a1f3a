import { useMemo } from 'react';
import { useClient, useQuery } from 'urql';
import { EntryScreen } from '~/features/entries/EntryScreen';
import { answerOf, type EntryVerbs } from '~/features/entries/entry';
import { saveDraft } from '~/features/entries/saveDraft';
import { PageByline } from './PageByline';
import { PageDetails } from './PageDetails';
import { previewPage } from './preview';
import { PageQuery, PublishPage, UnpublishPage } from './queries';
import { text } from './text';

const fresh = { requestPolicy: 'network-only' } as const;

/** One page: its draft, its checks, its history, and what the public reads of it. */
export const PageEditor = ({ id }: { id: string }) => {
  const client = useClient();
  const [{ data, error, fetching }, retry] = useQuery({ query: PageQuery, variables: { id }, ...fresh });
  const verbs = useMemo<EntryVerbs>(
    () => ({
      read: async () => (await client.query(PageQuery, { id }, fresh)).data?.page ?? null,
      save: saveDraft(client, id),
      publish: async (revision) => {
        const answer = await client.mutation(PublishPage, { input: { id, revision } });
        const payload = answer.data?.publishPage;
        return answerOf(answer.error, payload && { entry: payload.page, userErrors: payload.userErrors });
      },
      unpublish: async () => {
        const answer = await client.mutation(UnpublishPage, { input: { id } });
        const payload = answer.data?.unpublishPage;
        return answerOf(answer.error, payload && { entry: payload.page, userErrors: payload.userErrors });
      },
      preview: previewPage(id),
    }),
    [client, id],
  );
  return (
    <EntryScreen
      // The store has no word for “there is none”: it answers nothing at all.
      entry={data?.page ?? (fetching || error !== undefined ? undefined : null)}
      error={error}
      onRetry={() => retry(fresh)}
      verbs={verbs}
      noun={text.noun}
      list={{ to: '/pages', label: text.title }}
      byline={<PageByline />}
      details={data?.page == null ? null : <PageDetails kind={data.page.kind} />}
    />
  );
};
