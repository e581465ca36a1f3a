import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { EntryStatusChips } from '~/ui/EntryStatus';
import classes from './EntryUses.module.css';
import { text } from './text';
import { UsersQuery } from './trash/queries';

/** Where a page or therapy is used: in other pages and therapies, in menus, in settings. */
export const EntryUses = ({ id }: { id: string }) => {
  const [{ data }] = useQuery({ query: UsersQuery, variables: { id, first: 50 }, requestPolicy: 'network-only' });
  const uses = data?.uses;
  if (uses === undefined) return null;
  return (
    <section aria-labelledby="entry-uses" className={classes['uses']}>
      <h3 id="entry-uses">
        {text.uses.title} <span className="muted num">{uses.totalCount}</span>
      </h3>
      {uses.totalCount === 0 && <p className="muted">{text.uses.none}</p>}
      <ul>
        {uses.nodes.map((use) => (
          <li key={use.id}>
            {use.kind === 'PAGE' || use.kind === 'THERAPY' ? (
              <Link to={use.kind === 'PAGE' ? '/pages/$id' : '/therapies/$id'} params={{ id: use.id }}>
                {use.title}
              </Link>
            ) : (
              <span>{use.title}</span>
            )}
            {use.status !== null && <EntryStatusChips status={use.status} />}
            <span className="muted">{use.places.map(({ label }) => label).join(' · ')}</span>
          </li>
        ))}
        {uses.totalCount > uses.nodes.length && <li>{text.uses.more(uses.totalCount - uses.nodes.length)}</li>}
      </ul>
    </section>
  );
};
