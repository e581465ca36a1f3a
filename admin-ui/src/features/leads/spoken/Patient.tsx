import { Button } from '@mantine/core';
import { wayIcons } from '../ContactCard';
import classes from '../OpenLead.module.css';
import type { Lead } from '../queries';
import { waysToPatient } from '../reach';
import type { Person } from '../reveal';
import { spokenText as words } from './text';

/** Who needs help, where somebody else wrote: another person, who is reached only as they agreed to themself. */
export const Patient = ({
  lead,
  patient,
  mayWork,
}: {
  lead: Lead;
  patient: NonNullable<Person['patient']>;
  mayWork: boolean;
}) => {
  const known = [patient.name, patient.phoneDisplay, patient.email].filter((part) => part !== null && part !== '');
  const agreed = lead.patientWays.map((way) => words.ways[way].toLowerCase());
  const ways = mayWork ? waysToPatient(lead, patient) : [];
  return (
    <>
      <h3>{words.patient}</h3>
      <p className={classes['insurance']}>
        {known.length === 0 ? <span className="muted">{words.patientUnknown}</span> : known.join(' · ')}
      </p>
      <p className={classes['insurance']}>
        {agreed.length === 0 ? words.patientNotAsked : words.agreed(agreed.join(', '))}
      </p>
      {ways.length === 0 ? null : (
        <p className={classes['patientWays']}>
          {ways.map(({ method, href }) => {
            const Icon = wayIcons[method];
            return (
              <Button
                key={method}
                component="a"
                href={href}
                variant="default"
                size="compact-sm"
                leftSection={<Icon size={15} stroke={1.6} />}
              >
                {words.patientBy[method]}
              </Button>
            );
          })}
        </p>
      )}
    </>
  );
};
