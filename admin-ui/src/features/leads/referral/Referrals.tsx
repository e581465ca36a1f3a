import { Button, Modal } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { dayAndTime } from '../clock';
import type { Lead } from '../queries';
import type { Person } from '../reveal';
import type { LeadWork } from '../useLeadWork';
import classes from './Referrals.module.css';
import { RevokeDialog } from './RevokeDialog';
import { referralText as text } from './text';

type Referral = Person['referrals'][number];

/** What places were told of somebody; there while the person is in sight. */
export const Referrals = ({
  lead,
  person,
  work,
  onRevoked,
}: {
  lead: Lead;
  person: Person | null;
  /** Null for who only looks. */
  work: LeadWork | null;
  onRevoked: (referrals: Referral[]) => void;
}) => {
  const [open, setOpen] = useState<Referral | null>(null);
  const [revoking, setRevoking] = useState<Referral | null>(null);
  if (person === null || person.referrals.length === 0) return null;
  return (
    <section aria-labelledby="lead-referrals" className={classes['section']}>
      <h3 id="lead-referrals">{text.section}</h3>
      <ul>
        {person.referrals.map((referral) => (
          <li key={referral.id}>
            <span>
              {referral.recipient} · <span className="num">{dayAndTime(referral.at)}</span>
              {referral.revokedAt === null ? null : (
                <strong className={classes['revoked']}>{text.revoked(dayAndTime(referral.revokedAt))}</strong>
              )}
            </span>
            {work === null || referral.revokedAt !== null || lead.mergedInto !== null ? null : (
              <Button variant="subtle" size="compact-md" onClick={() => setRevoking(referral)}>
                {text.revoke}
              </Button>
            )}
            <Button
              variant="default"
              size="compact-md"
              leftSection={<IconPrinter size={16} stroke={1.6} />}
              onClick={() => setOpen(referral)}
            >
              {text.print}
            </Button>
          </li>
        ))}
      </ul>
      {open === null ? null : <Sheet reference={lead.reference} referral={open} onClose={() => setOpen(null)} />}
      {revoking === null || work === null ? null : (
        <RevokeDialog
          lead={lead}
          referral={revoking}
          work={work}
          onRevoked={() => {
            const revokedAt = new Date().toISOString();
            onRevoked(person.referrals.map((each) => (each.id === revoking.id ? { ...each, revokedAt } : each)));
          }}
          onClose={() => setRevoking(null)}
        />
      )}
    </section>
  );
};

const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

/** What goes along with the person: what is told, the consent to it, and that it must not be passed on. */
const Sheet = ({ reference, referral, onClose }: { reference: string; referral: Referral; onClose: () => void }) => {
  const words = text.sheet;
  const rows = [
    [words.at, dayAndTime(referral.at)],
    [words.to, `${referral.recipient}, ${referral.phone}`],
    [words.patient, referral.patient],
    [words.information, referral.information],
    [words.purpose, referral.purpose],
  ];
  const signed = [
    [words.signed, referral.signedBy],
    [words.signedOn, day.format(new Date(referral.signedOn))],
    [words.expires, day.format(new Date(referral.expiresOn))],
    ...(referral.revokedAt === null ? [] : [[words.revoked, dayAndTime(referral.revokedAt)]]),
  ];
  return (
    <Modal opened onClose={onClose} title={`${words.title} ${reference}`} size={640}>
      <div className={classes['sheet']} data-sheet>
        <List rows={rows} />
        <h4>{words.consent}</h4>
        <p>{words.agrees(referral.patient, words.from, referral.recipient)}</p>
        <p>{referral.rightToRevoke}</p>
        <List rows={signed} />
        <h4>{words.notice}</h4>
        <p>
          <strong>{referral.notice}</strong>
        </p>
      </div>
      <div className={classes['actions']}>
        <Button variant="subtle" onClick={onClose}>
          {words.close}
        </Button>
        <Button leftSection={<IconPrinter size={16} stroke={1.6} />} onClick={() => window.print()}>
          {text.print}
        </Button>
      </div>
    </Modal>
  );
};

const List = ({ rows }: { rows: string[][] }) => (
  <dl>
    {rows.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
