import { Checkbox, Input, NativeSelect, SegmentedControl, Switch } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { FieldOf } from '../definition';
import { text } from '../text';
import type { ControlProps } from './control';
import classes from './form.module.css';

/** Label, help and error around a control that is a group of its own. */
export const ChoiceFrame = ({
  id,
  label,
  help,
  error,
  children,
}: {
  id: string;
  label: string;
  help: string;
  error: ReactNode;
  children: ReactNode;
}) => (
  <Input.Wrapper
    id={id}
    label={label}
    labelElement="div"
    labelProps={{ id: `${id}-label` }}
    description={help || undefined}
    error={error}
    inputWrapperOrder={['label', 'input', 'description', 'error']}
  >
    <div>{children}</div>
  </Input.Wrapper>
);

export const SwitchField = ({ field, value, error, onChange }: ControlProps) => (
  <Switch
    label={field.label}
    description={field.help || undefined}
    error={error}
    checked={value === true}
    onChange={({ currentTarget }) => onChange(currentTarget.checked)}
  />
);

const mostButtons = 4;

/** One of a few: buttons that say what the chosen one means; one of many: a list. */
export const SelectField = ({ field, value, error, onChange }: ControlProps<FieldOf<'select'>>) => {
  const id = useId();
  const { options, nullable } = field;
  const chosen = options.find((option) => option.value === value);
  if (options.length > mostButtons || nullable) {
    return (
      <NativeSelect
        label={field.label}
        description={chosen?.help || field.help || undefined}
        error={error}
        value={typeof value === 'string' ? value : ''}
        data={[
          ...(nullable ? [{ value: '', label: text.select.none }] : []),
          ...options.map((option) => ({ value: option.value, label: option.label })),
        ]}
        onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
      />
    );
  }
  return (
    <ChoiceFrame id={id} label={field.label} help={chosen?.help || field.help} error={error}>
      <SegmentedControl
        classNames={{ root: classes['segments'] ?? '' }}
        aria-labelledby={`${id}-label`}
        data={options.map((option) => ({ value: option.value, label: option.label }))}
        value={typeof value === 'string' ? value : ''}
        onChange={onChange}
      />
    </ChoiceFrame>
  );
};

/** Any of a few, in the order in which they are defined. */
export const ChoicesField = ({ field, value, error, onChange }: ControlProps<FieldOf<'choices'>>) => (
  <Checkbox.Group
    label={field.label}
    description={field.help || undefined}
    error={error}
    value={Array.isArray(value) ? (value as string[]) : []}
    onChange={(chosen) =>
      onChange(field.options.map((option) => option.value).filter((option) => chosen.includes(option)))
    }
  >
    <div className={classes['choices']}>
      {field.options.map((option) => (
        <Checkbox key={option.value} value={option.value} label={option.label} />
      ))}
    </div>
  </Checkbox.Group>
);
