import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMutation, useQuery } from 'urql';
import { EntryIndex, first, type Rows, type Wanted } from '~/features/entries/EntryIndex';
import { failureText } from '~/gql/client';
import { NewEntryDialog } from '~/ui/NewEntryDialog';
import { CreatePage, PagesQuery } from './queries';
import { text } from './text';

const useRows = ({ filter, sort }: Wanted, after: string | null): Rows => {
  const variables = { filter, sort, first, after };
  const [{ data, error, fetching }, retry] = useQuery({ query: PagesQuery, variables });
  return { found: data?.pages, error, fetching, retry: () => retry({ requestPolicy: 'network-only' }) };
};

export const PagesList = () => {
  const navigate = useNavigate({ from: '/pages' });
  const search = useSearch({ from: '/shell/pages' });
  return (
    <EntryIndex
      text={text}
      list="PAGES"
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
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
