import { SegmentedControl, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { TextArea } from '~/ui/TextArea';
import type { FieldOf } from '../definition';
import { ChoiceFrame } from './ChoiceFields';
import type { ControlProps } from './control';
import classes from './form.module.css';
import { useLinePoint } from './usePoints';

const shown = (value: unknown): string => (typeof value === 'string' ? value : '');

const named = ({ field, labelHidden }: Pick<ControlProps, 'field' | 'labelHidden'>) =>
  labelHidden ? { 'aria-label': field.label } : { label: field.label, description: field.help || undefined };

/** One line. */
export const LineField = ({ field, value, error, onChange, labelHidden, point }: ControlProps) => (
  <TextInput
    {...named({ field, labelHidden })}
    {...useLinePoint(point)}
    error={error}
    value={shown(value)}
    onChange={({ currentTarget }) =>
      onChange(currentTarget.value === '' && field.nullable ? null : currentTarget.value)
    }
  />
);

/** Several lines of plain text. */
export const TextField = ({ field, value, error, onChange, labelHidden }: ControlProps) => (
  <TextArea
    label={field.label}
    labelHidden={labelHidden}
    description={labelHidden ? undefined : field.help || undefined}
    error={error}
    value={shown(value)}
    onChange={(next) => onChange(next === '' && field.nullable ? null : next)}
  />
);

/** A day. The browser's own picker: it speaks the reader's language and costs nothing. */
export const DateField = ({ field, value, error, onChange }: ControlProps) => (
  <TextInput
    type="date"
    w={180}
    label={field.label}
    description={field.help || undefined}
    error={error}
    value={shown(value)}
    onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
  />
);

const fewSteps = 6;

/** A whole number: buttons where only a few are possible, else digits. */
export const IntegerField = (props: ControlProps<FieldOf<'integer'>>) => {
  const { min, max, nullable } = props.field;
  return min !== null && max !== null && max - min < fewSteps && !nullable ? (
    <StepField {...props} first={min} last={max} />
  ) : (
    <DigitsField {...props} />
  );
};

const StepField = ({
  field,
  value,
  error,
  onChange,
  first,
  last,
}: ControlProps<FieldOf<'integer'>> & { first: number; last: number }) => {
  const id = useId();
  const steps = Array.from({ length: last - first + 1 }, (_, place) => String(first + place));
  return (
    <ChoiceFrame id={id} label={field.label} help={field.help} error={error}>
      <SegmentedControl
        classNames={{ root: classes['segments'] ?? '' }}
        aria-labelledby={`${id}-label`}
        data={steps}
        value={String(value)}
        onChange={(next) => onChange(Number(next))}
      />
    </ChoiceFrame>
  );
};

const digits = (value: unknown): string => (typeof value === 'number' ? String(value) : '');

/** What is typed stays in sight even while it is no number; the block holds numbers only. */
const DigitsField = ({ field, value, error, onChange }: ControlProps<FieldOf<'integer'>>) => {
  const [typed, setTyped] = useState(digits(value));
  const text = typed !== '-' && Number(typed) === value ? typed : digits(value);
  return (
    <TextInput
      w={140}
      inputMode="numeric"
      label={field.label}
      description={field.help || undefined}
      error={error}
      value={typed === '-' ? typed : text}
      onChange={({ currentTarget }) => {
        const next = currentTarget.value.replace(/[^\d-]/g, '').slice(0, 9);
        setTyped(next);
        if (next === '' || next === '-') onChange(field.nullable ? null : (field.min ?? 0));
        else if (Number.isInteger(Number(next))) onChange(Number(next));
      }}
    />
  );
};

/** A number with a fraction. What is typed stays in sight while it is none yet. */
export const NumberField = ({ field, value, error, onChange }: ControlProps) => {
  const [typed, setTyped] = useState(digits(value));
  return (
    <TextInput
      w={180}
      inputMode="decimal"
      label={field.label}
      description={field.help || undefined}
      error={error}
      value={Number(typed) === value ? typed : digits(value) || typed}
      onChange={({ currentTarget }) => {
        const next = currentTarget.value.replace(/[^\d.-]/g, '').slice(0, 16);
        setTyped(next);
        const number = Number(next);
        if (next === '' || !Number.isFinite(number)) onChange(field.nullable ? null : 0);
        else onChange(number);
      }}
    />
  );
};
