import { Button } from '@mantine/core';
import { IconEye, IconEyeOff, IconMail, IconMessage, IconPencil, IconPhone } from '@tabler/icons-react';
import { type RefObject, Suspense } from 'react';
import { Key } from '~/ui/Key';
import { lazyPart } from '~/ui/lazyPart';
import { timeOfDay } from './clock';
import { correctText } from './correctText';
import classes from './OpenLead.module.css';
import type { ContactMethod, Lead } from './queries';
import type { Way } from './reach';
import { text } from './text';
import type { Revealed } from './useReveal';

const Patient = lazyPart(async () => (await import('./spoken/Patient')).Patient);

export const wayIcons: Record<ContactMethod, typeof IconPhone> = {
  PHONE: IconPhone,
  TEXT: IconMessage,
  EMAIL: IconMail,
};

/** The person: masked until revealed, then with the ways that are open. */
export const ContactCard = ({
  lead,
  mayWork,
  revealed,
  ways,
  section,
  onReveal,
  onHide,
  onCorrect,
}: {
  lead: Lead;
  mayWork: boolean;
  revealed: Revealed | null;
  ways: Way[];
  section: RefObject<HTMLElement | null>;
  onReveal: () => void;
  onHide: () => void;
  onCorrect: () => void;
}) => (
  <section ref={section} tabIndex={-1} className={classes['contact']} aria-labelledby="lead-contact">
    {mayWork && (revealed === null || ways.length > 0) ? (
      <div className={classes['ways']}>
        {revealed === null ? (
          <Button
            className={classes['leading'] ?? ''}
            leftSection={<IconEye size={17} stroke={1.6} />}
            onClick={onReveal}
          >
            {text.contact.reveal}
            <Key>R</Key>
          </Button>
        ) : (
          ways.map(({ method, href }, index) => {
            const Icon = wayIcons[method];
            return (
              <Button
                key={method}
                component="a"
                href={href}
                variant={index === 0 ? 'filled' : 'default'}
                className={(index === 0 ? classes['leading'] : undefined) ?? ''}
                leftSection={<Icon size={17} stroke={1.6} />}
              >
                {text.contact.ways[method]}
              </Button>
            );
          })
        )}
      </div>
    ) : null}
    <h3 id="lead-contact">{text.contact.title}</h3>
    <dl>
      <dt>{text.contact.phone}</dt>
      <dd className="num">
        <Given value={revealed === null ? lead.phone : (revealed.person.phoneDisplay ?? revealed.person.phone)} />
      </dd>
      <dt>{text.contact.email}</dt>
      <dd>
        <Given value={revealed === null ? lead.email : revealed.person.email} />
      </dd>
    </dl>
    {revealed === null ? null : (
      <>
        {revealed.person.underAge === 'YES' ? (
          <p className={classes['minor']} role="note">
            <strong>{text.contact.minor}</strong> {text.contact.minorHow}
          </p>
        ) : null}
        {revealed.person.patient === null ? null : (
          <Suspense>
            <Patient lead={lead} patient={revealed.person.patient} mayWork={mayWork} />
          </Suspense>
        )}
        <h3>{text.contact.insurance}</h3>
        <p className={classes['insurance']}>
          {revealed.person.insurance.trim() === '' ? (
            <span className="muted">{text.contact.noInsurance}</span>
          ) : (
            revealed.person.insurance
          )}
        </p>
        <p className={classes['until']}>
          {text.contact.shownUntil(timeOfDay(revealed.until))}
          {mayWork && lead.mergedInto === null ? (
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPencil size={15} stroke={1.6} />}
              onClick={onCorrect}
            >
              {correctText.open}
            </Button>
          ) : null}
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconEyeOff size={15} stroke={1.6} />}
            onClick={onHide}
          >
            {text.contact.hide}
            <Key>R</Key>
          </Button>
        </p>
      </>
    )}
  </section>
);

const Given = ({ value }: { value: string | null }) =>
  value === null || value === '' ? <span className="muted">{text.contact.notGiven}</span> : value;
