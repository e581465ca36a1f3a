import type { ReactNode } from 'react';
import classes from './Chip.module.css';

export type Tone = 'neutral' | 'ok' | 'warn' | 'bad' | 'info';

/** A state in one or two words. The colour only repeats what the word says. */
export const Chip = ({
  tone = 'neutral',
  plain = false,
  children,
}: {
  tone?: Tone;
  plain?: boolean;
  children: ReactNode;
}) => (
  <span className={classes['chip']} data-tone={tone} data-plain={plain || undefined}>
    {children}
  </span>
);
