import { Button, Checkbox, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useViewer } from '~/gql/session';
import { useFocusBack } from '~/ui/useFocusBack';
import dialogClasses from '../dialog.module.css';
import { insuranceText } from '../insurance/text';
import {
  FilterChoicesQuery,
  type InsuranceCheck,
  type LeadPriority,
  type LeadStatus,
  type LevelOfCare,
  StaffQuery,
} from '../queries';
import { text as leadText } from '../text';
import { formsOf, type Named, pagesOf, placesOf } from './choices';
import classes from './FilterDialog.module.css';
import { checks, levels, type Narrowing, nobody, nothing, statuses } from './narrowing';
import { text } from './text';

const priorities = Object.keys(text.priorities) as LeadPriority[];

/** Every condition at once; the list changes when they are applied. */
export const FilterDialog = ({
  narrowing,
  mayWork,
  onApply,
  onClose,
}: {
  narrowing: Narrowing;
  mayWork: boolean;
  onApply: (next: Narrowing) => void;
  onClose: () => void;
}) => {
  useFocusBack();
  const viewer = useViewer();
  const [{ data, error }] = useQuery({ query: StaffQuery });
  const [{ data: known, error: failed }] = useQuery({ query: FilterChoicesQuery });
  const choices = known?.leadFilterChoices ?? null;
  const [wanted, setWanted] = useState(narrowing);
  const [wrong, setWrong] = useState(false);
  const change = (part: Partial<Narrowing>) => {
    setWanted({ ...wanted, ...part });
    setWrong(false);
  };
  const colleagues = [...(data?.admissionsStaff ?? [])].sort(
    (a, b) => Number(b.id === viewer.user.id) - Number(a.id === viewer.user.id),
  );
  const { from, to } = wanted;

  return (
    <Modal opened onClose={onClose} title={text.title} size={620}>
      <form
        noValidate
        autoComplete="off"
        className={dialogClasses['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (from !== null && to !== null && to < from) setWrong(true);
          else onApply(wanted);
        }}
      >
        <Choices
          label={text.status}
          value={wanted.statuses}
          choices={statuses.map((value) => [value, leadText.status[value]])}
          focused
          onChange={(value) => change({ statuses: value as LeadStatus[] })}
        />
        <Choices
          label={text.who}
          value={wanted.who}
          error={error === undefined ? undefined : text.colleaguesFailed}
          choices={[
            [nobody, text.nobody],
            ...colleagues.map(({ id, name }): [string, string] => [id, id === viewer.user.id ? text.me : name]),
          ]}
          onChange={(who) => change({ who })}
        />
        <div className={classes['row']}>
          <NativeSelect
            label={text.priority}
            value={wanted.priority ?? ''}
            data={[
              { value: '', label: text.anyPriority },
              ...priorities.map((value) => ({ value, label: text.priorities[value] })),
            ]}
            onChange={({ currentTarget }) =>
              change({ priority: priorities.find((each) => each === currentTarget.value) ?? null })
            }
          />
          <TextInput
            type="date"
            label={`${text.received}: ${text.from.toLowerCase()}`}
            value={from ?? ''}
            onChange={({ currentTarget }) => change({ from: currentTarget.value || null })}
          />
          <TextInput
            type="date"
            label={`${text.received}: ${text.to.toLowerCase()}`}
            value={to ?? ''}
            error={wrong ? text.wrongDays : undefined}
            onChange={({ currentTarget }) => change({ to: currentTarget.value || null })}
          />
        </div>
        <div className={classes['row']}>
          <OneOf
            label={text.form}
            any={text.anyForm}
            value={wanted.form}
            choices={formsOf(choices)}
            onChange={(form) => change({ form })}
          />
          {mayWork ? (
            <OneOf
              label={text.page}
              any={text.anyPage}
              value={wanted.page}
              choices={pagesOf(choices)}
              onChange={(page) => change({ page })}
            />
          ) : null}
          <OneOf
            label={text.place}
            any={text.anyPlace}
            value={wanted.place}
            choices={placesOf(choices)}
            onChange={(place) => change({ place })}
          />
        </div>
        {failed === undefined ? null : <p role="alert">{text.choicesFailed}</p>}
        <Checkbox
          label={text.overdue}
          description={text.overdueHelp}
          checked={wanted.overdue}
          onChange={({ currentTarget }) => change({ overdue: currentTarget.checked })}
        />
        {mayWork ? (
          <>
            <Choices
              label={text.care}
              value={wanted.care}
              choices={levels.map((value) => [value, insuranceText.levels[value]])}
              onChange={(value) => change({ care: value as LevelOfCare[] })}
            />
            <Choices
              label={text.insurance}
              value={wanted.insurance}
              choices={checks.map((value) => [value, leadText.insuranceCheck[value]])}
              onChange={(value) => change({ insurance: value as InsuranceCheck[] })}
            />
          </>
        ) : null}
        <div className={dialogClasses['actions']} data-held>
          <Button variant="subtle" onClick={() => change(nothing)}>
            {text.reset}
          </Button>
          <Button type="submit">{text.submit}</Button>
        </div>
      </form>
    </Modal>
  );
};

const OneOf = ({
  label,
  any,
  value,
  choices,
  onChange,
}: {
  label: string;
  any: string;
  value: string | null;
  choices: Named[];
  onChange: (value: string | null) => void;
}) => (
  <NativeSelect
    label={label}
    value={value ?? ''}
    data={[
      { value: '', label: any },
      ...choices,
      // What the address names stays chosen, also where nobody knows it.
      ...(value === null || choices.some((each) => each.value === value) ? [] : [{ value, label: text.unknown }]),
    ]}
    onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
  />
);

const Choices = ({
  label,
  value,
  choices,
  error,
  focused,
  onChange,
}: {
  label: string;
  value: string[];
  choices: [string, string][];
  error?: string | undefined;
  focused?: boolean;
  onChange: (value: string[]) => void;
}) => (
  <Checkbox.Group label={label} value={value} error={error} onChange={onChange}>
    <div className={dialogClasses['choices']} data-columns>
      {choices.map(([each, words], index) => (
        <Checkbox key={each} value={each} label={words} data-autofocus={(focused && index === 0) || undefined} />
      ))}
    </div>
  </Checkbox.Group>
);
