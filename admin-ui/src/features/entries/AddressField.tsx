import { TextInput } from '@mantine/core';
import { useDeferredValue } from 'react';
import { useQuery } from 'urql';
import { EntryField, useEntryField, useEntryForm } from './fields';
import { MovePreviewQuery } from './queries';
import { text } from './text';

/** The last part of the address, and what another one would change. Whoever knows the old one is led to the new one. */
export const AddressField = () => {
  const { entry } = useEntryForm();
  const { value, error, onChange } = useEntryField(['slug']);
  const slug = String(value);
  const asked = useDeferredValue(slug);
  const { parent } = entry;
  // Only pages have others below them; the server says which addresses would follow.
  const [{ data }] = useQuery({
    query: MovePreviewQuery,
    variables: { id: entry.id, parent: parent?.id ?? null, slug: asked },
    pause: parent === undefined || asked === entry.slug || asked === '',
    requestPolicy: 'network-only',
  });
  if (entry.path === '/') {
    return <TextInput label={text.details.address} description={text.details.homeAddress} value="/" readOnly />;
  }
  const path = `${entry.path.slice(0, entry.path.lastIndexOf('/') + 1)}${slug === '' ? '…' : slug}`;
  const changes = slug === entry.slug ? undefined : data?.movePreview;
  const moves = slug !== entry.slug && entry.live !== null ? text.details.addressMoves : '';
  const others = changes !== undefined && changes.total > 1 ? text.details.addressOthers(changes.total - 1) : '';
  return (
    <EntryField path={['slug']}>
      <TextInput
        label={text.details.address}
        description={[text.details.addressHelp(path), moves, others].filter(Boolean).join('. ')}
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
