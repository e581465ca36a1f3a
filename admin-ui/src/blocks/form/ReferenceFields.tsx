import { EntitiesPicker, EntityPicker } from '~/ui/EntityPicker';
import type { FieldOf } from '../definition';
import type { ControlProps } from './control';

export const ReferenceField = ({ field, value, error, onChange }: ControlProps<FieldOf<'reference'>>) => (
  <EntityPicker
    label={field.label}
    description={field.help || undefined}
    error={error}
    kinds={field.targets}
    value={typeof value === 'string' && value !== '' ? value : null}
    required={!field.nullable}
    onChange={onChange}
  />
);

export const ReferencesField = ({ field, value, error, onChange }: ControlProps<FieldOf<'references'>>) => (
  <EntitiesPicker
    label={field.label}
    description={field.help || undefined}
    error={error}
    kinds={field.targets}
    value={Array.isArray(value) ? value : []}
    onChange={onChange}
  />
);
