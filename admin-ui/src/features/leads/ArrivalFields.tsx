import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { type Coming, placeOf } from './arrival';
import classes from './dialog.module.css';
import { NoteField } from './NoteField';
import { AdmissionsPlacesQuery, type Place } from './queries';
import { stepText } from './stepText';
import type { Errors } from './useDialogForm';

/** Places that somebody may come to, once they are asked for. */
export const usePlaces = (asks: boolean) => {
  const [{ data, error }] = useQuery({ query: AdmissionsPlacesQuery, pause: !asks });
  return { places: data?.admissionsPlaces ?? null, failed: error !== undefined };
};

/** When and where somebody comes, and how they get there. */
export const ArrivalFields = ({
  value,
  places,
  failed,
  errors,
  onChange,
  onSubmit,
}: {
  value: Coming;
  places: Place[] | null;
  failed: boolean;
  errors: Errors;
  onChange: (value: Coming, field: string) => void;
  onSubmit: () => void;
}) => {
  const place = placeOf(value, places ?? []);
  const nowhere = failed ? stepText.arrival.placesFailed : places?.length === 0 ? stepText.arrival.noPlaces : null;
  return (
    <div className={classes['field']}>
      <div data-field="location">
        <NativeSelect
          label={stepText.arrival.place}
          value={place?.id ?? ''}
          error={errors['location'] ?? nowhere}
          disabled={places === null}
          data={[
            ...(places?.length === 1 ? [] : [{ value: '', label: stepText.arrival.choose }]),
            ...(places ?? []).map(({ id, name, city }) => ({ value: id, label: `${name}, ${city}` })),
          ]}
          onChange={({ currentTarget }) => onChange({ ...value, place: currentTarget.value }, 'location')}
        />
      </div>
      <div data-field="at">
        <TextInput
          type="datetime-local"
          label={stepText.arrival.time}
          description={place === undefined ? null : stepText.arrival.zone(place.timeZone)}
          value={value.local}
          error={errors['at']}
          onChange={({ currentTarget }) => onChange({ ...value, local: currentTarget.value }, 'at')}
        />
      </div>
      <div data-field="transport">
        <NoteField
          label={stepText.arrival.transport}
          description={stepText.arrival.transportHelp}
          value={value.transport}
          error={errors['transport']}
          onChange={(transport) => onChange({ ...value, transport }, 'transport')}
          onSubmit={onSubmit}
        />
      </div>
    </div>
  );
};
