import { useEntryForm } from '~/features/entries/fields';

/** Its short name and where it is. */
export const TherapyByline = () => {
  const { entry, fields } = useEntryForm();
  return [fields['abbreviation'], entry.path].filter(Boolean).join(' · ');
};
