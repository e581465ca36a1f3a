import { useMemo } from 'react';
import { useClient, useQuery } from 'urql';
import { EntryScreen } from '~/features/entries/EntryScreen';
import { answerOf, type EntryVerbs } from '~/features/entries/entry';
import { saveDraft } from '~/features/entries/saveDraft';
import { previewTherapy } from './preview';
import { PublishTherapy, TherapyQuery, UnpublishTherapy } from './queries';
import { TherapyByline } from './TherapyByline';
import { TherapyDetails } from './TherapyDetails';
import { text } from './text';

const fresh = { requestPolicy: 'network-only' } as const;

/** One therapy: its draft, its checks, its history, and what the public reads of it. */
export const TherapyEditor = ({ id }: { id: string }) => {
  const client = useClient();
  const [{ data, error, fetching }, retry] = useQuery({ query: TherapyQuery, variables: { id }, ...fresh });
  const verbs = useMemo<EntryVerbs>(
    () => ({
      read: async () => (await client.query(TherapyQuery, { id }, fresh)).data?.therapy ?? null,
      save: saveDraft(client, id),
      publish: async (revision) => {
        const answer = await client.mutation(PublishTherapy, { input: { id, revision } });
        const payload = answer.data?.publishTherapy;
        return answerOf(answer.error, payload && { entry: payload.therapy, userErrors: payload.userErrors });
      },
      unpublish: async () => {
        const answer = await client.mutation(UnpublishTherapy, { input: { id } });
        const payload = answer.data?.unpublishTherapy;
        return answerOf(answer.error, payload && { entry: payload.therapy, userErrors: payload.userErrors });
      },
      preview: previewTherapy(id),
    }),
    [client, id],
  );
  return (
    <EntryScreen
      // The store has no word for “there is none”: it answers nothing at all.
      entry={data?.therapy ?? (fetching || error !== undefined ? undefined : null)}
      error={error}
      onRetry={() => retry(fresh)}
      verbs={verbs}
      noun={text.noun}
      list={{ to: '/therapies', label: text.title }}
      byline={<TherapyByline />}
      details={<TherapyDetails />}
    />
  );
};
