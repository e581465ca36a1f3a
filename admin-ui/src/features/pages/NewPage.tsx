import { useNavigate } from '@tanstack/react-router';
import { useMutation } from 'urql';
import { failureText } from '~/gql/client';
import { NewEntryDialog } from '~/ui/NewEntryDialog';
import { CreatePage } from './queries';
import { text } from './text';

/** Makes a page, at the top or below another, and goes on to write it. */
export const NewPage = ({
  heading = text.new,
  parent,
  onClose,
}: {
  heading?: string;
  parent?: { id: string; path: string };
  onClose: () => void;
}) => {
  const navigate = useNavigate();
  const [, create] = useMutation(CreatePage);
  return (
    <NewEntryDialog
      heading={heading}
      prefix={parent === undefined ? '/' : `${parent.path.replace(/\/$/, '')}/`}
      kinds={parent === undefined ? text.kinds : text.kindsBelow}
      submitLabel={text.create}
      onClose={onClose}
      onCreate={async ({ title, slug, kind }) => {
        const input = { kind, slug, parent: parent?.id ?? null, content: { title } };
        const { data, error } = await create({ input });
        if (error !== undefined) return { userErrors: [], failure: failureText(error) };
        const made = data?.createPage.page;
        if (made == null) return { userErrors: data?.createPage.userErrors ?? [], failure: null };
        await navigate({ to: '/pages/$id', params: { id: made.id } });
        return null;
      }}
    />
  );
};
