import { TextInput } from '@mantine/core';
import { EntryField, useEntryField, useEntryForm } from './fields';
import { text } from './text';

/** The last part of the address. Whoever knows the old one is led to the new one. */
export const AddressField = () => {
  const { entry } = useEntryForm();
  const { value, error, onChange } = useEntryField(['slug']);
  if (entry.path === '/') {
    return <TextInput label={text.details.address} description={text.details.homeAddress} value="/" readOnly />;
  }
  const slug = String(value);
  const path = `${entry.path.slice(0, entry.path.lastIndexOf('/') + 1)}${slug === '' ? '…' : slug}`;
  return (
    <EntryField path={['slug']}>
      <TextInput
        label={text.details.address}
        description={`${text.details.addressHelp(path)}${slug !== entry.slug && entry.live !== null ? `. ${text.details.addressMoves}` : ''}`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={error}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={slug}
        onChange={({ currentTarget }) => onChange(currentTarget.value.toLowerCase().replace(/\s+/g, '-'))}
      />
    </EntryField>
  );
};
