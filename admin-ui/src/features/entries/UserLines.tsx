import { useId } from 'react';
import type { ResultOf } from '~/gql/graphql';
import { EntryStatusChips } from '~/ui/EntryStatus';
import { text } from './text';
import type { UsersQuery } from './trash/queries';
import classes from './UserLines.module.css';

/** What points at something: the first of them with where that is, and how many more there are. */
export const UserLines = ({ uses: { nodes, totalCount } }: { uses: ResultOf<typeof UsersQuery>['uses'] }) => {
  const id = useId();
  return (
    <div>
      <p id={id}>{text.users.count(totalCount)}</p>
      <ul className={classes['users']} aria-labelledby={id}>
        {nodes.map((use) => (
          <li key={use.id}>
            <span>{use.title}</span>
            <span className="muted">{use.path ?? use.places.map(({ label }) => label).join(' · ')}</span>
            {use.status !== null && <EntryStatusChips status={use.status} />}
          </li>
        ))}
        {totalCount > nodes.length && <li>{text.users.more(totalCount - nodes.length)}</li>}
      </ul>
    </div>
  );
};
