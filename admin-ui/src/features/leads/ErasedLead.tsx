import { useEffect, useRef } from 'react';
import { useViewer } from '~/gql/session';
import { Chip } from '~/ui/Chip';
import { RelativeTime } from '~/ui/RelativeTime';
import { useTitle } from '~/ui/title';
import { dayAndTime } from './clock';
import { dropDrafts } from './drafts';
import header from './LeadHeader.module.css';
import classes from './OpenLead.module.css';
import { Origin } from './Origin';
import type { Lead } from './queries';
import { StatusChip } from './StatusChip';
import { Timeline } from './Timeline';
import { text } from './text';
import { timelineText } from './timelineText';

/** What is left of a lead whose person was erased: nothing to reveal, and nothing to be done. */
export const ErasedLead = ({
  lead,
  erasedAt,
  wasOpen,
}: {
  lead: Lead;
  erasedAt: string;
  /** Whether it was erased while it lay open. */
  wasOpen: boolean;
}) => {
  useTitle(text.leadTitle(lead.reference));
  const { user } = useViewer();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => dropDrafts(lead.id), [lead.id]);
  useEffect(() => {
    // What had the keyboard went with the person.
    if (wasOpen && document.activeElement === document.body) notice.current?.focus({ preventScroll: true });
  }, [wasOpen]);

  return (
    <div className={classes['scroller']}>
      <header className={header['header']}>
        <div className={header['first']}>
          <h2 data-erased>{lead.name}</h2>
          <StatusChip status={lead.status} />
          {lead.suspectedSpam ? <Chip plain>{text.list.spam}</Chip> : null}
          <span className={`${header['reference']} num`}>{lead.reference}</span>
        </div>
        <p className={header['line']}>
          {text.relationship[lead.relationship]} · {text.lead.received} <RelativeTime at={lead.receivedAt} />
          {lead.outcome === null ? null : ` · ${text.lead.outcome(text.outcome[lead.outcome])}`}
        </p>
      </header>
      <div ref={notice} role="note" tabIndex={-1} className={classes['erased']}>
        <b className="num">{text.erased.title(dayAndTime(erasedAt))}</b>
        <p>{text.erased.body}</p>
      </div>
      <div className={classes['columns']} data-erased>
        <div className={classes['main']}>
          <h3>{timelineText.title}</h3>
          <Timeline of={lead.id} events={lead.timeline} viewer={user.id} noWords={text.erased.note} />
        </div>
        <Origin lead={lead} />
      </div>
    </div>
  );
};
