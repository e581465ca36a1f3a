import { Input } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { GrowingText } from './GrowingText';
import classes from './TextArea.module.css';

/** A field for several lines, as tall as its words. */
export const TextArea = ({
  label,
  labelHidden = false,
  description,
  helpBelow = false,
  error,
  value,
  onChange,
}: {
  label: string;
  /** The label is for those who hear it only. */
  labelHidden?: boolean;
  description?: ReactNode;
  helpBelow?: boolean;
  error?: ReactNode;
  value: string;
  onChange: (value: string) => void;
}) => {
  const id = useId();
  const described = [description && `${id}-description`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <Input.Wrapper
      id={id}
      label={labelHidden ? undefined : label}
      description={description}
      error={error}
      inputWrapperOrder={
        helpBelow ? ['label', 'input', 'description', 'error'] : ['label', 'description', 'input', 'error']
      }
    >
      <GrowingText
        id={id}
        className={classes['frame'] ?? ''}
        aria-label={labelHidden ? label : undefined}
        aria-describedby={described || undefined}
        aria-invalid={Boolean(error) || undefined}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </Input.Wrapper>
  );
};
