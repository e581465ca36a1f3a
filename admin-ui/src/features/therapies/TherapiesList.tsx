import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMutation, useQuery } from 'urql';
import { EntryIndex, first, type Rows, type Wanted } from '~/features/entries/EntryIndex';
import { failureText } from '~/gql/client';
import { NewEntryDialog } from '~/ui/NewEntryDialog';
import { CreateTherapy, TherapiesQuery } from './queries';
import { text } from './text';

const useRows = ({ filter, sort }: Wanted, after: string | null): Rows => {
  const variables = { filter, sort, first, after };
  const [{ data, error, fetching }, retry] = useQuery({ query: TherapiesQuery, variables });
  return { found: data?.therapies, error, fetching, retry: () => retry({ requestPolicy: 'network-only' }) };
};

export const TherapiesList = () => {
  const navigate = useNavigate({ from: '/therapies' });
  const search = useSearch({ from: '/shell/therapies' });
  return (
    <EntryIndex
      text={text}
      list="THERAPIES"
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
      useRows={useRows}
      link={({ id, title }, className) => (
        <Link to="/therapies/$id" params={{ id }} className={className} title={title}>
          {title}
        </Link>
      )}
      dialog={(onClose) => <NewTherapy onClose={onClose} />}
    />
  );
};

const NewTherapy = ({ onClose }: { onClose: () => void }) => {
  const navigate = useNavigate();
  const [, create] = useMutation(CreateTherapy);
  return (
    <NewEntryDialog
      heading={text.new}
      prefix="/therapies/"
      kinds={[text.kind]}
      submitLabel={text.create}
      onClose={onClose}
      onCreate={async ({ title, slug }) => {
        const { data, error } = await create({ input: { slug, content: { title } } });
        if (error !== undefined) return { userErrors: [], failure: failureText(error) };
        const made = data?.createTherapy.therapy;
        if (made == null) return { userErrors: data?.createTherapy.userErrors ?? [], failure: null };
        await navigate({ to: '/therapies/$id', params: { id: made.id } });
        return null;
      }}
    />
  );
};
