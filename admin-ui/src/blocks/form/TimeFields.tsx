import { NativeSelect, TextInput } from '@mantine/core';
import type { ControlProps } from './control';

/** A time of the day. The browser's own field knows no 24:00; the end of a day is its midnight. */
export const TimeField = ({ field, value, error, onChange }: ControlProps) => (
  <TextInput
    type="time"
    w={140}
    label={field.label}
    error={error}
    value={value === '24:00' ? '00:00' : typeof value === 'string' ? value : ''}
    onChange={({ currentTarget }) =>
      onChange(currentTarget.value === '' && field.nullable ? null : currentTarget.value)
    }
  />
);

const zones = (): string[] => Intl.supportedValuesOf('timeZone');

/** A time zone by its place. */
export const TimeZoneField = ({ field, value, error, onChange }: ControlProps) => {
  const chosen = typeof value === 'string' ? value : '';
  const known = zones();
  return (
    <NativeSelect
      label={field.label}
      description={field.help || undefined}
      error={error}
      value={chosen}
      data={(known.includes(chosen) ? known : [chosen, ...known]).map((zone) => ({
        value: zone,
        label: zone.replaceAll('_', ' '),
      }))}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
};
