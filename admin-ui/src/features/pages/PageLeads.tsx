import { useQuery } from 'urql';
import { useEntryForm } from '~/features/entries/fields';
import { leadsInWords } from './leads';
import { LeadsOfPageQuery } from './queries';

/** How many people wrote from this page; nothing while it is not known. */
export const PageLeads = () => {
  const { entry } = useEntryForm();
  const [{ data }] = useQuery({
    query: LeadsOfPageQuery,
    variables: { page: entry.id },
    requestPolicy: 'cache-and-network',
  });
  return data?.leadsOfPage == null ? null : <p className="muted">{leadsInWords(data.leadsOfPage)}</p>;
};
