import { NativeSelect } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '~/gql/graphql';
import type { ControlProps } from './control';

const FormNames = graphql(`
  query FormNames {
    leadForms { key title archivedAt }
  }
`);

/** One of the forms in which people write. What is not offered any more stays where it was chosen. */
export const FormField = ({ field, value, error, onChange }: ControlProps) => {
  const [{ data }] = useQuery({ query: FormNames });
  const chosen = typeof value === 'string' ? value : '';
  const offered = (data?.leadForms ?? []).filter(({ key, archivedAt }) => archivedAt === null || key === chosen);
  const known = offered.some(({ key }) => key === chosen);
  return (
    <NativeSelect
      label={field.label}
      description={field.help || undefined}
      error={error}
      value={chosen}
      data={[
        ...(known ? [] : [{ value: chosen, label: chosen }]),
        ...offered.map(({ key, title }) => ({ value: key, label: title })),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
};
