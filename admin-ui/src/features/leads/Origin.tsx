import { Button } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { isByPhone } from './byPhone';
import { dayAndTime } from './clock';
import { textsTakenBackAt } from './consent';
import classes from './OpenLead.module.css';
import type { Lead } from './queries';
import { text } from './text';

/** What led to the page, in the order in which it is told. */
const led = Object.keys(text.origin.led) as (keyof typeof text.origin.led)[];

/** Where it came from, and what the person agreed to; above it whatever else is known. */
export const Origin = ({
  lead,
  children,
  onRecord = null,
}: {
  lead: Lead;
  children?: ReactNode;
  /** A consent that is given by word; nothing where none can be. */
  onRecord?: (() => void) | null;
}) => (
  <div className={classes['origin']}>
    {children}
    <section aria-labelledby="lead-source">
      <h3 id="lead-source">{text.origin.source}</h3>
      <dl>
        {lead.sourceTitle === null ? null : (
          <>
            <dt>{text.origin.page}</dt>
            <dd>{lead.sourceTitle}</dd>
          </>
        )}
        {isByPhone(lead) ? (
          <>
            <dt>{text.origin.way}</dt>
            <dd>{text.byPhone}</dd>
          </>
        ) : null}
        {/* Of whoever was erased, or called, there is none, and an administrator sees none. */}
        {lead.sourcePath === null || lead.sourcePath === '' ? null : (
          <>
            <dt>{text.origin.path}</dt>
            <dd className={classes['path']} title={lead.sourcePath}>
              {lead.sourceTitle === null ? (
                // No page of ours: a path that only its sender vouches for is not made a link.
                lead.sourcePath
              ) : (
                <a href={lead.sourcePath} target="_blank" rel="noreferrer">
                  {lead.sourcePath}
                </a>
              )}
            </dd>
          </>
        )}
        {lead.placement === null ? null : (
          <>
            <dt>{text.origin.placement}</dt>
            <dd>{lead.placement}</dd>
          </>
        )}
        {led.map((part) => {
          const value = lead.source?.[part] ?? null;
          return value === null ? null : (
            <Fragment key={part}>
              <dt>{text.origin.led[part]}</dt>
              <dd>{value}</dd>
            </Fragment>
          );
        })}
        <dt>{text.origin.received}</dt>
        <dd className="num">{dayAndTime(lead.receivedAt)}</dd>
      </dl>
    </section>
    <section aria-labelledby="lead-consent">
      <h3 id="lead-consent">{text.origin.consent}</h3>
      {lead.consent === null ? (
        <p className="muted">{text.origin.noConsent}</p>
      ) : (
        <Consent consent={lead.consent} noTextsSince={textsTakenBackAt(lead)} />
      )}
      {onRecord === null ? null : (
        <Button variant="default" size="compact-sm" onClick={onRecord}>
          {text.consentDialog.openSpoken}
        </Button>
      )}
    </section>
  </div>
);

const Consent = ({ consent, noTextsSince }: { consent: NonNullable<Lead['consent']>; noTextsSince: string | null }) => (
  <>
    <dl>
      <dt>{text.origin.at}</dt>
      <dd className="num">{dayAndTime(consent.at)}</dd>
      {consent.withdrawnAt === null ? null : (
        <>
          <dt>{text.origin.withdrawn}</dt>
          <dd className={`${classes['withdrawn']} num`}>{dayAndTime(consent.withdrawnAt)}</dd>
        </>
      )}
      <dt>{text.origin.texts}</dt>
      {noTextsSince === null ? (
        <dd>{consent.texts ? text.origin.textsYes : text.origin.textsNo}</dd>
      ) : (
        <dd className={`${classes['withdrawn']} num`}>{text.origin.textsTakenBack(dayAndTime(noTextsSince))}</dd>
      )}
      <dt>{text.origin.version}</dt>
      <dd className="num">{text.origin.versionOf(consent.version)}</dd>
    </dl>
    <blockquote className={classes['wording']}>{consent.wording}</blockquote>
  </>
);
