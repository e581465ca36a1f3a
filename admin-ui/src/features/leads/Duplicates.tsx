import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { Chip } from '~/ui/Chip';
import { RelativeTime } from '~/ui/RelativeTime';
import classes from './Duplicates.module.css';
import { aroundWhen, countWords } from './duplicates';
import type { LeadRow } from './queries';
import { StatusChip } from './StatusChip';
import { text } from './text';

/** What is shown before somebody asks for all. */
const few = 4;

/** Other leads of whoever wrote this one, the last received first. Nobody is revealed by it. */
export const Duplicates = ({ lead, others }: { lead: LeadRow; others: LeadRow[] }) => {
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
      <p className={classes['same']}>{text.duplicates.same}</p>
      <ul ref={list}>
        {shown.map((other) => (
          <Row key={other.id} lead={other} />
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

const Row = ({ lead }: { lead: LeadRow }) => (
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
  </li>
);
