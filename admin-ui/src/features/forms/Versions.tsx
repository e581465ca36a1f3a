import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { RelativeTime } from '~/ui/RelativeTime';
import classes from './FormScreen.module.css';
import { FormVersionsQuery, type Version } from './queries';
import { text } from './text';

/** What the form was before, to be brought back into what is written. */
export const Versions = ({
  name,
  current,
  onBringBack,
}: {
  name: string;
  /** The version that is drawn; another one has the list read anew. */
  current: number;
  onBringBack: (version: Version) => void;
}) => (
  <section className={classes['versions']} aria-labelledby="versions">
    <h2 id="versions">{text.versions.title}</h2>
    <List key={current} name={name} current={current} onBringBack={onBringBack} />
  </section>
);

const List = ({
  name,
  current,
  onBringBack,
}: {
  name: string;
  current: number;
  onBringBack: (version: Version) => void;
}) => {
  const [{ data, error }, retry] = useQuery({
    query: FormVersionsQuery,
    variables: { key: name },
    requestPolicy: 'network-only',
  });
  if (data === undefined) {
    return error === undefined ? null : (
      <p role="alert">
        {text.versions.failed}: {failureText(error)}{' '}
        <Button variant="default" size="compact-sm" onClick={() => retry({ requestPolicy: 'network-only' })}>
          {text.refused}
        </Button>
      </p>
    );
  }
  return (
    <ol reversed className={classes['card']}>
      {data.leadFormVersions.map((version) => (
        <li key={version.number}>
          <span className={classes['asked']}>
            <b>{text.version(version.number)}</b>
            <span className="muted">
              <RelativeTime at={version.createdAt} /> · {version.author?.name ?? text.byNobody}
            </span>
          </span>
          {version.number === current ? (
            <span className="muted">{text.versions.now}</span>
          ) : (
            <Button
              variant="default"
              size="compact-sm"
              aria-label={text.versions.backOf(version.number)}
              onClick={() => onBringBack(version)}
            >
              {text.versions.back}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
};
