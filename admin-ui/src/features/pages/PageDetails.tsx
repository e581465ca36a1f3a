import { Input, TextInput } from '@mantine/core';
import { AddressField } from '~/features/entries/AddressField';
import { EntityField } from '~/features/entries/EntityFields';
import { EntryField, useEntryField } from '~/features/entries/fields';
import panel from '~/features/entries/panel.module.css';
import { TagsField } from '~/features/entries/TagsField';
import { PageLeads } from './PageLeads';
import { type PageKind, text } from './text';

/** What is said of a page beside its text. */
export const PageDetails = ({ kind }: { kind: PageKind }) => {
  const { label, help } = text.kinds.find(({ value }) => value === kind) ?? text.kinds[0];
  return (
    <div className={panel['fields']}>
      <Input.Wrapper label={text.details.kind} labelElement="div">
        <p>
          {label}. <span className="muted">{help}</span>
        </p>
      </Input.Wrapper>
      <AddressField />
      <TagsField name="topics" label={text.details.topics} help={text.details.topicsHelp} most={20} />
      <EntityField name="author" label={text.details.author} kinds={['PERSON']} />
      <EntityField name="reviewer" label={text.details.reviewer} help={text.details.reviewerHelp} kinds={['PERSON']} />
      <ReviewedOn />
      <PageLeads />
    </div>
  );
};

const ReviewedOn = () => {
  const { value, error, onChange } = useEntryField(['reviewedOn']);
  return (
    <EntryField path={['reviewedOn']}>
      <TextInput
        type="date"
        label={text.details.reviewedOn}
        error={error}
        value={typeof value === 'string' ? value : ''}
        onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
      />
    </EntryField>
  );
};
