import { EntitiesPicker, EntityPicker } from '~/ui/EntityPicker';
import type { TargetKind } from '~/ui/targets';
import { EntryField, useEntryField } from './fields';

type Props = { name: string; label: string; help?: string; kinds: readonly TargetKind[] };

export const EntityField = ({ name, label, help, kinds }: Props) => {
  const { value, error, onChange } = useEntryField([name]);
  return (
    <EntryField path={[name]}>
      <EntityPicker
        label={label}
        description={help}
        error={error}
        kinds={kinds}
        value={typeof value === 'string' ? value : null}
        onChange={onChange}
      />
    </EntryField>
  );
};

export const EntitiesField = ({ name, label, help, kinds }: Props) => {
  const { value, error, onChange } = useEntryField([name]);
  return (
    <EntryField path={[name]}>
      <EntitiesPicker
        label={label}
        description={help}
        error={error}
        kinds={kinds}
        value={Array.isArray(value) ? (value as string[]) : []}
        onChange={onChange}
      />
    </EntryField>
  );
};
