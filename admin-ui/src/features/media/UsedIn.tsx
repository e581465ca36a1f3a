import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { ReplaceUsesButton } from '~/features/entries/replace/ReplaceUsesButton';
import type { Picture } from '~/media/queries';
import { type EntryStatus, EntryStatusChips } from '~/ui/EntryStatus';
import classes from './PicturePanel.module.css';
import { type Use, UsesQuery } from './queries';
import { text } from './text';

const Name = ({ use }: { use: Use }) => {
  if (use.id !== null && use.kind === 'PAGE') {
    return (
      <Link to="/pages/$id" params={{ id: use.id }}>
        {use.title}
      </Link>
    );
  }
  if (use.id !== null && use.kind === 'THERAPY') {
    return (
      <Link to="/therapies/$id" params={{ id: use.id }}>
        {use.title}
      </Link>
    );
  }
  return <span>{use.title}</span>;
};

/** Everything that shows a picture, with the way there, and a way to have it show another. */
export const UsedIn = ({ picture: { id, fileName } }: { picture: Pick<Picture, 'id' | 'fileName'> }) => {
  const [{ data, error }, again] = useQuery({
    query: UsesQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const uses = data?.uses;
  return (
    <section className={classes['part']}>
      <h3>{text.uses.title}</h3>
      {uses === undefined ? (
        error === undefined ? null : (
          <p className="muted">{text.uses.failed}</p>
        )
      ) : uses.totalCount === 0 ? (
        <p className="muted">{text.uses.none}</p>
      ) : (
        <ul className={classes['uses']}>
          {uses.nodes.map((use) => (
            <li key={use.id ?? use.kind}>
              <span className={classes['user']}>
                <Name use={use} />
                {use.status === null ? null : <EntryStatusChips status={use.status as EntryStatus} />}
              </span>
              <span className="muted">{use.places.map(({ label }) => label).join(' · ')}</span>
            </li>
          ))}
          {uses.totalCount > uses.nodes.length && <li>{text.uses.more(uses.totalCount - uses.nodes.length)}</li>}
        </ul>
      )}
      {uses !== undefined && uses.totalCount > 0 && (
        <div>
          <ReplaceUsesButton
            id={id}
            name={fileName}
            kind="MEDIA"
            onDone={() => again({ requestPolicy: 'network-only' })}
          />
        </div>
      )}
    </section>
  );
};
