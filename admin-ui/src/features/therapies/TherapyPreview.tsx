import { useMemo } from 'react';
import { useClient, useQuery } from 'urql';
import { PreviewWindow } from '~/features/entries/preview/PreviewWindow';
import { previewTherapy } from './preview';
import { TherapyQuery } from './queries';
import { text } from './text';

const fresh = { requestPolicy: 'network-only' } as const;

/** The preview of a therapy in a window of its own. */
export const TherapyPreview = ({ id }: { id: string }) => {
  const client = useClient();
  const [{ data, error, fetching }, retry] = useQuery({ query: TherapyQuery, variables: { id }, ...fresh });
  const verbs = useMemo(
    () => ({
      read: async () => (await client.query(TherapyQuery, { id }, fresh)).data?.therapy ?? null,
      preview: previewTherapy(id),
    }),
    [client, id],
  );
  return (
    <PreviewWindow
      entry={data?.therapy ?? (fetching || error !== undefined ? undefined : null)}
      error={error}
      onRetry={() => retry(fresh)}
      list={{ to: '/therapies', label: text.title }}
      verbs={verbs}
    />
  );
};
