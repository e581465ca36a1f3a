import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Notices.module.css';

/** What one may be told of, each on or off. */
export const Kinds = ({ legend, children }: { legend: string; children: ReactNode }) => (
  <fieldset className={classes['choice']}>
    <legend>{legend}</legend>
    <div className={classes['kinds']}>{children}</div>
  </fieldset>
);

type KindProps = { label: string; help: string; on: boolean; error?: string | null; onChange: (on: boolean) => void };

export const Kind = ({ label, help, on, error = null, onChange }: KindProps) => (
  <Switch
    classNames={{ root: classes['kind'] ?? '', body: classes['line'] ?? '', label: classes['label'] ?? '' }}
    labelPosition="left"
    label={label}
    // Mantine's label is around the description too, which would be read twice.
    aria-label={label}
    description={help}
    error={error}
    checked={on}
    onChange={({ currentTarget }) => onChange(currentTarget.checked)}
  />
);
