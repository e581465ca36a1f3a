import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useQuery } from 'urql';
import { EntryStatusChips } from '~/ui/EntryStatus';
import type { FactKindInfo } from './kinds';
import { type Use, UsesQuery } from './queries';
import { text } from './text';
import classes from './Uses.module.css';

/** Where something is used, in pages and therapies and in the library itself. `verbs`: what can be done with all that. */
export const Uses = ({ id, kinds, verbs }: { id: string; kinds: readonly FactKindInfo[]; verbs: ReactNode }) => {
  const [after, setAfter] = useState<string | null>(null);
  const [before, setBefore] = useState<Use[]>([]);
  const [{ data, error, fetching }] = useQuery({
    query: UsesQuery,
    variables: { id, after },
    requestPolicy: 'network-only',
  });
  const found = data?.uses;
  const all = [...before, ...(found?.nodes ?? [])];
  return (
    <section className={classes['uses']} aria-labelledby="uses-title">
      <h2 id="uses-title">
        {text.uses.title} {found === undefined ? null : <span className="muted num">{found.totalCount}</span>}
      </h2>
      {error !== undefined && <p role="alert">{text.uses.failed}</p>}
      {found !== undefined && found.totalCount === 0 && <p className="muted">{text.uses.none}</p>}
      <ul>
        {all.map((use) => (
          <li key={use.id}>
            <span className={classes['user']}>
              <UserLink use={use} kinds={kinds} />
              {use.status === null ? null : <EntryStatusChips status={use.status} />}
            </span>
            {use.places.map(({ label, draft, live }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two places of one block may read the same, and the list is only read.
              <span key={place} className={classes['place']}>
                {label}
                {draft && live ? null : `, ${draft ? text.uses.draftOnly : text.uses.liveOnly}`}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {found?.pageInfo.hasNextPage && (
        <Button
          variant="default"
          size="compact-sm"
          loading={fetching}
          onClick={() => {
            setBefore(all);
            setAfter(found.pageInfo.endCursor);
          }}
        >
          {text.more}
        </Button>
      )}
      {found !== undefined && found.totalCount > 0 && verbs}
    </section>
  );
};

const UserLink = ({ use: { id, kind, title }, kinds }: { use: Use; kinds: readonly FactKindInfo[] }) => {
  if (kind === 'PAGE') {
    return (
      <Link to="/pages/$id" params={{ id }}>
        {title}
      </Link>
    );
  }
  if (kind === 'THERAPY') {
    return (
      <Link to="/therapies/$id" params={{ id }}>
        {title}
      </Link>
    );
  }
  const slug = kinds.find((each) => each.kind === kind)?.slug ?? '';
  return (
    <Link to="/library/$kind/$id" params={{ kind: slug, id }}>
      {title}
    </Link>
  );
};
