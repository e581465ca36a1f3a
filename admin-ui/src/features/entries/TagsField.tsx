import { TagsInput } from '@mantine/core';
import { EntryField, useEntryField } from './fields';

/** Short words of one's own, each added with Enter or a comma. */
export const TagsField = ({ name, label, help, most }: { name: string; label: string; help: string; most: number }) => {
  const { value, error, onChange } = useEntryField([name]);
  const tags = Array.isArray(value) ? (value as string[]) : [];
  return (
    <EntryField path={[name]}>
      <TagsInput
        label={label}
        description={help}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={error}
        maxTags={most}
        value={tags}
        onChange={onChange}
      />
    </EntryField>
  );
};
