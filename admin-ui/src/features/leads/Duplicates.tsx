import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { Chip } from '~/ui/Chip';
import { RelativeTime, useNow } from '~/ui/RelativeTime';
import classes from './Duplicates.module.css';
import { aroundWhen, countWords } from './duplicates';
import { apartUntil, mayMerge } from './merge';
import type { LeadRow } from './queries';
import { StatusChip } from './StatusChip';
import { text } from './text';

/** What is shown before somebody asks for all. */
const few = 4;

/** Other leads of whoever wrote this one, the last received first. Nobody is revealed by it. */
export const Duplicates = ({
  lead,
  others,
  mayWork,
  onSame,
  onApart,
}: {
  lead: LeadRow;
  others: LeadRow[];
  mayWork: boolean;
  /** That one of them is of the same person. */
  onSame: (other: LeadRow) => void;
  /** That a merged one is not. */
  onApart: (other: LeadRow) => void;
}) => {
  const now = useNow();
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const shown = all || others.length <= few + 1 ? others : others.slice(0, few);
  /** The keyboard goes on at the first that was not shown: the button is gone. */
  const showAll = () => {
    setAll(true);
    requestAnimationFrame(() => list.current?.querySelectorAll('a')[few]?.focus());
  };
  return (
    <section className={classes['card']} aria-labelledby="lead-duplicates">
      <h3 id="lead-duplicates">{text.duplicates.title[aroundWhen(lead, others)](countWords(others))}</h3>
      <p className={classes['why']}>{text.duplicates.same}</p>
      <ul ref={list}>
        {shown.map((other) => (
          <Row key={other.id} lead={other}>
            {other.mergedInto === null ? null : (
              <span className={classes['aside']}>
                {other.mergedInto.id === lead.id ? text.merge.here : text.merge.elsewhere(other.mergedInto.reference)}
              </span>
            )}
            {mayWork ? <Act lead={lead} other={other} now={now} onSame={onSame} onApart={onApart} /> : null}
          </Row>
        ))}
      </ul>
      {shown.length === others.length ? null : (
        <Button variant="subtle" size="compact-sm" onClick={showAll}>
          {text.duplicates.all(countWords(others))}
        </Button>
      )}
    </section>
  );
};

/** One button that keeps the keyboard, whichever way it goes. */
const Act = ({
  lead,
  other,
  now,
  onSame,
  onApart,
}: {
  lead: LeadRow;
  other: LeadRow;
  now: number;
  onSame: (other: LeadRow) => void;
  onApart: (other: LeadRow) => void;
}) => {
  const merges = mayMerge(lead, other);
  if (!merges && (other.mergedInto?.id !== lead.id || apartUntil(other, now) === null)) return null;
  return (
    <Button variant="subtle" size="compact-sm" onClick={() => (merges ? onSame : onApart)(other)}>
      {merges ? text.merge.open : text.merge.apart}
      <span className="visually-hidden"> {other.reference}</span>
    </Button>
  );
};

const Row = ({ lead, children }: { lead: LeadRow; children: ReactNode }) => (
  <li>
    <Link to="/leads/$id" params={{ id: lead.id }} search={true} className={classes['row']}>
      <span className={classes['line']}>
        <b className="clip">{lead.name}</b>
        <span className={classes['aside']}>
          <RelativeTime at={lead.receivedAt} />
        </span>
      </span>
      <span className={classes['line']}>
        <span className={`${classes['aside']} num`}>{lead.reference}</span>
        <span className={classes['chips']}>
          {lead.priority === 'URGENT' ? <Chip tone="bad">{text.urgent}</Chip> : null}
          <StatusChip status={lead.status} />
        </span>
      </span>
    </Link>
    <div className={classes['same']}>{children}</div>
  </li>
);
