import { Button } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { dayAndTime } from '../clock';
import classes from '../OpenLead.module.css';
import { LeadAccessQuery } from './queries';
import { accessText as words } from './text';

/** Who saw or changed what of a lead; asked for once somebody opens it. */
export const AccessLog = ({ lead }: { lead: string }) => {
  const [open, setOpen] = useState(false);
  return (
    <section aria-labelledby="lead-access">
      <h3 id="lead-access">{words.title}</h3>
      {open ? (
        <Rows lead={lead} after={null} />
      ) : (
        <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
          {words.show}
        </Button>
      )}
    </section>
  );
};

/** A page, and below it the next once it is asked for. */
const Rows = ({ lead, after }: { lead: string; after: string | null }) => {
  const [more, setMore] = useState(false);
  const [{ data, error }] = useQuery({
    query: LeadAccessQuery,
    variables: { id: lead, after },
    requestPolicy: after === null ? 'cache-and-network' : 'cache-first',
  });
  const log = data?.leadAccessLog;
  if (log === undefined) return <p role="status">{error === undefined ? words.loading : words.failed}</p>;
  if (log.nodes.length === 0) return <p className="muted">{words.nobody}</p>;
  const { hasNextPage, endCursor } = log.pageInfo;
  return (
    <>
      <ul className={classes['access']}>
        {log.nodes.map(({ at, what, reason, by }) => (
          <li key={`${at}/${what}`}>
            <b>{by?.name ?? words.hillside}</b> {words.acts[what]}
            {reason === null ? null : <q>{reason}</q>}
            <span className="num muted">{dayAndTime(at)}</span>
          </li>
        ))}
      </ul>
      {more ? (
        <Rows lead={lead} after={endCursor ?? null} />
      ) : hasNextPage ? (
        <Button variant="subtle" size="compact-sm" onClick={() => setMore(true)}>
          {words.more}
        </Button>
      ) : null}
    </>
  );
};
