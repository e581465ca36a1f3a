import { useMemo } from 'react';
import { useClient, useQuery } from 'urql';
import { EntryScreen } from '~/features/entries/EntryScreen';
import { answerOf, type EntryVerbs, writeContent } from '~/features/entries/entry';
import { drawPreview } from '~/features/entries/preview/draw';
import {
  PreviewTherapy,
  PublishTherapy,
  TherapyQuery,
  UnpublishTherapy,
  UpdateTherapy,
  type UpdateTherapyInput,
} from './queries';
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
      save: async ({ content, ...change }) => {
        // The content is the stored JSON; the server reads every part of it and answers with the path of what is wrong.
        const input = { id, ...change, content: content as UpdateTherapyInput['content'] };
        const answer = await client.mutation(UpdateTherapy, { input });
        const payload = answer.data?.updateTherapy;
        return answerOf(answer.error, payload && { entry: payload.therapy, userErrors: payload.userErrors });
      },
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
      preview: (draft) => {
        const content = writeContent(draft) as UpdateTherapyInput['content'];
        return drawPreview(PreviewTherapy, { id, content }, (data) => data.previewTherapy);
      },
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
