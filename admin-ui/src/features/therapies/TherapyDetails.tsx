import { Checkbox } from '@mantine/core';
import { AddressField } from '~/features/entries/AddressField';
import { EntitiesField } from '~/features/entries/EntityFields';
import { EntryField, EntryLine, EntryText, useEntryField } from '~/features/entries/fields';
import panel from '~/features/entries/panel.module.css';
import { TagsField } from '~/features/entries/TagsField';
import classes from './TherapyDetails.module.css';
import { text } from './text';

/** What is said of a therapy wherever it is listed. */
export const TherapyDetails = () => (
  <div className={panel['fields']}>
    <AddressField />
    <EntryLine path={['abbreviation']} label={text.details.abbreviation} help={text.details.abbreviationHelp} />
    <EntryText path={['approach']} label={text.details.approach} help={text.details.approachHelp} />
    <TagsField name="conditions" label={text.details.conditions} help={text.details.conditionsHelp} most={30} />
    <LevelsOfCare />
    <EntitiesField name="regions" label={text.details.regions} kinds={['REGION']} />
    <EntitiesField name="sources" label={text.details.sources} help={text.details.sourcesHelp} kinds={['SOURCE']} />
  </div>
);

const LevelsOfCare = () => {
  const { value, error, onChange } = useEntryField(['levelsOfCare']);
  return (
    <EntryField path={['levelsOfCare']}>
      <Checkbox.Group
        label={text.details.levels}
        error={error}
        value={Array.isArray(value) ? (value as string[]) : []}
        // In the order of a course of treatment, whichever was ticked first.
        onChange={(chosen) =>
          onChange(text.levels.map((level) => level.value).filter((level) => chosen.includes(level)))
        }
      >
        <div className={classes['levels']}>
          {text.levels.map((level) => (
            <Checkbox key={level.value} value={level.value} label={level.label} />
          ))}
        </div>
      </Checkbox.Group>
    </EntryField>
  );
};
