import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './ProblemNote.module.css';
import type { Severity } from './problems';

/** A sentence about something to mend, in the colour of its weight and with a sign that does not need it. */
export const ProblemNote = ({ severity, children }: { severity: Severity; children: ReactNode }) => {
  const Icon = severity === 'warns' ? IconAlertTriangle : IconCircleX;
  return (
    <p className={classes['note']} data-severity={severity}>
      <Icon size={15} stroke={1.6} aria-hidden />
      <span>{children}</span>
    </p>
  );
};
