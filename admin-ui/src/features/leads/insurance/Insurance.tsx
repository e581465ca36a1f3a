import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Chip, type Tone } from '~/ui/Chip';
import { dayAndTime } from '../clock';
import type { InsuranceCheck, Lead } from '../queries';
import type { Person } from '../reveal';
import { text } from '../text';
import type { LeadWork } from '../useLeadWork';
import { missingOf, type Policy } from './changes';
import classes from './Insurance.module.css';
import { InsuranceDialog } from './InsuranceDialog';
import { insuranceText } from './text';

const tones: Record<InsuranceCheck, Tone> = {
  NOT_NEEDED: 'neutral',
  NEEDED: 'warn',
  SUBMITTED: 'info',
  IN_NETWORK: 'ok',
  OUT_OF_NETWORK: 'warn',
  NOT_COVERED: 'bad',
  SELF_PAY: 'info',
};

/** Who pays, and how closely the person is to be looked after. What names the policy is there once they are revealed. */
export const Insurance = ({
  lead,
  mayWork,
  person,
  work,
  onSaved,
}: {
  lead: Lead;
  mayWork: boolean;
  person: Person | null;
  work: LeadWork;
  /** The policy as it is now, where it is in sight. */
  onSaved: (policy: Policy) => void;
}) => {
  const [isOpen, setOpen] = useState(false);
  const { check, coverage, checkedAt, checkedBy } = lead.insurance;
  const estimate = lead.timeline.find(({ kind }) => kind === 'ESTIMATE_GIVEN');
  const mayChange = mayWork && lead.mergedInto === null;

  const giveEstimate = async () => {
    if (work.busy) return;
    const { kind } = await work.recordEstimate(lead);
    notifications.show(
      kind === 'done'
        ? { message: insuranceText.estimateDone(lead.reference) }
        : { message: kind === 'conflict' ? text.conflict.title : insuranceText.estimateFailed, color: 'red' },
    );
  };

  return (
    <section aria-labelledby="lead-insurance" className={classes['section']}>
      <h3 id="lead-insurance">{insuranceText.title}</h3>
      <p>
        <Chip tone={tones[check]}>{text.insuranceCheck[check]}</Chip>
      </p>
      <dl>
        <dt>{insuranceText.level}</dt>
        <dd>{lead.levelOfCare === null ? <Nothing /> : insuranceText.levels[lead.levelOfCare]}</dd>
        <dt>{insuranceText.coverage}</dt>
        <dd>{coverage === null ? <Nothing /> : insuranceText.coverages[coverage]}</dd>
        {checkedAt === null ? null : (
          <>
            <dt>{insuranceText.checked}</dt>
            <dd className="num">{insuranceText.checkedBy(checkedBy?.name ?? null, dayAndTime(checkedAt))}</dd>
          </>
        )}
        <dt>{insuranceText.estimate}</dt>
        <dd className="num">
          {estimate === undefined ? (
            <span className="muted">{insuranceText.estimateNone}</span>
          ) : (
            insuranceText.estimateOn(dayAndTime(estimate.at))
          )}
        </dd>
        {person?.policy == null ? null : <PolicyWords key={lead.id} policy={person.policy} />}
      </dl>
      {mayWork && person === null ? <p className="muted">{insuranceText.masked}</p> : null}
      {check === 'SELF_PAY' && estimate === undefined ? (
        <p className={classes['owed']}>{insuranceText.estimateOwed}</p>
      ) : null}
      {mayChange ? (
        <div className={classes['actions']}>
          <Button variant="default" size="compact-md" onClick={() => setOpen(true)}>
            {insuranceText.update}
          </Button>
          {lead.nextActionAt === null ? null : (
            <Button variant="subtle" size="compact-md" disabled={work.busy} onClick={() => void giveEstimate()}>
              {estimate === undefined ? insuranceText.estimateGiven : insuranceText.estimateAgain}
            </Button>
          )}
        </div>
      ) : null}
      {isOpen ? (
        <InsuranceDialog lead={lead} person={person} work={work} onSaved={onSaved} onClose={() => setOpen(false)} />
      ) : null}
    </section>
  );
};

const PolicyWords = ({ policy }: { policy: Policy }) => {
  const [isWhole, setWhole] = useState(false);
  const rows: [string, string | null][] = [
    [insuranceText.carrier, policy.carrier],
    [insuranceText.groupNumber, policy.groupNumber],
    [insuranceText.holderName, policy.holderName],
    [insuranceText.holderBornOn, policy.holderBornOn],
    [insuranceText.note, policy.note],
  ];
  return (
    <>
      {policy.memberId === null ? null : (
        <>
          <dt>{insuranceText.memberId}</dt>
          <dd className="num">
            {isWhole ? policy.memberId : policy.memberIdEnding}{' '}
            {isWhole ? null : (
              <Button variant="subtle" size="compact-xs" onClick={() => setWhole(true)}>
                {insuranceText.memberIdWhole}
              </Button>
            )}
          </dd>
        </>
      )}
      {rows.map(([label, words]) =>
        words === null ? null : (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd className={classes['words']}>{words}</dd>
          </div>
        ),
      )}
    </>
  );
};

const Nothing = () => <span className="muted">{insuranceText.nothing}</span>;

/** What must be known before a lead is qualified, and is not. */
export const Missing = ({ lead }: { lead: Lead }) => {
  const missing = missingOf(lead);
  return missing.length === 0 ? null : (
    <div className={classes['missing']} role="status">
      {insuranceText.missing.title}
      <ul>
        {missing.map((each) => (
          <li key={each}>{insuranceText.missing[each]}</li>
        ))}
      </ul>
    </div>
  );
};
