import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMutation, useQuery } from 'urql';
import { EntryIndex, first, type Rows } from '~/features/entries/EntryIndex';
import { failureText } from '~/gql/client';
import type { EntryStatus } from '~/ui/EntryStatus';
import { NewEntryDialog } from '~/ui/NewEntryDialog';
import { CreatePage, PagesQuery } from './queries';
import { text } from './text';

const useRows = (filter: { query: string | null; status: EntryStatus | null }, after: string | null): Rows => {
  const [{ data, error, fetching }, retry] = useQuery({ query: PagesQuery, variables: { filter, first, after } });
  return { found: data?.pages, error, fetching, retry: () => retry({ requestPolicy: 'network-only' }) };
};

export const PagesList = () => {
  const navigate = useNavigate({ from: '/pages' });
  const { q, status } = useSearch({ from: '/shell/pages' });
  return (
    <EntryIndex
      text={text}
      query={q}
      status={status}
      onNarrow={(query, next) =>
        void navigate({
          search: { ...(query ? { q: query } : {}), ...(next === undefined ? {} : { status: next }) },
          replace: true,
        })
      }
      useRows={useRows}
      link={({ id, title }, className) => (
        <Link to="/pages/$id" params={{ id }} className={className} title={title}>
          {title}
        </Link>
      )}
      dialog={(onClose) => <NewPage onClose={onClose} />}
    />
  );
};

const NewPage = ({ onClose }: { onClose: () => void }) => {
  const navigate = useNavigate();
  const [, create] = useMutation(CreatePage);
  return (
    <NewEntryDialog
      heading={text.new}
      prefix="/"
      kinds={text.kinds}
      submitLabel={text.create}
      onClose={onClose}
      onCreate={async ({ title, slug, kind }) => {
        const { data, error } = await create({ input: { kind, slug, content: { title } } });
        if (error !== undefined) return { userErrors: [], failure: failureText(error) };
        const made = data?.createPage.page;
        if (made == null) return { userErrors: data?.createPage.userErrors ?? [], failure: null };
        await navigate({ to: '/pages/$id', params: { id: made.id } });
        return null;
      }}
    />
  );
};
