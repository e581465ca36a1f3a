import { useMemo } from 'react';
import { useClient, useQuery } from 'urql';
import { PreviewWindow } from '~/features/entries/preview/PreviewWindow';
import { previewPage } from './preview';
import { PageQuery } from './queries';
import { text } from './text';

const fresh = { requestPolicy: 'network-only' } as const;

/** The preview of a page in a window of its own. */
export const PagePreview = ({ id }: { id: string }) => {
  const client = useClient();
  const [{ data, error, fetching }, retry] = useQuery({ query: PageQuery, variables: { id }, ...fresh });
  const verbs = useMemo(
    () => ({
      read: async () => (await client.query(PageQuery, { id }, fresh)).data?.page ?? null,
      preview: previewPage(id),
    }),
    [client, id],
  );
  return (
    <PreviewWindow
      entry={data?.page ?? (fetching || error !== undefined ? undefined : null)}
      error={error}
      onRetry={() => retry(fresh)}
      list={{ to: '/pages', label: text.title }}
      verbs={verbs}
    />
  );
};
