import { Button, Input } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { Suspense, useId, useState } from 'react';
import { useQuery } from 'urql';
import type { PictureFieldProps } from '~/blocks/pictures';
import { lazyPart } from '~/ui/lazyPart';
import { AltForm } from './AltForm';
import { fitted } from './fitted';
import classes from './PictureField.module.css';
import { PictureQuery } from './queries';
import { text } from './text';

const PicturePicker = lazyPart(async () => (await import('./PicturePicker')).PicturePicker);

/** A field that holds a picture: shows it, says what it lacks, and lets another be chosen. */
export const PictureField = ({ label, help, error, value, onChange, onDescribed }: PictureFieldProps) => {
  const id = useId();
  const [picking, setPicking] = useState(false);
  const [{ data, fetching }] = useQuery({ query: PictureQuery, variables: { id: value ?? '' }, pause: value === null });
  const picture = value === null ? null : data?.mediaItem;
  return (
    <Input.Wrapper
      id={id}
      label={label}
      labelElement="div"
      labelProps={{ id: `${id}-label` }}
      description={help || undefined}
      error={error}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand where the label does. */}
      <div className={classes['field']} role="group" aria-labelledby={`${id}-label`}>
        {picture == null ? (
          <p className={classes['none']} data-gone={(value !== null && !fetching) || undefined}>
            <IconPhoto size={20} stroke={1.6} aria-hidden />
            {value === null ? text.field.none : fetching ? text.field.loading : text.field.gone}
          </p>
        ) : (
          <div className={classes['shown']}>
            <img
              src={picture.url}
              alt={picture.alt}
              width={picture.width}
              height={picture.height}
              style={{ width: fitted(picture, 240) }}
            />
            <p className={`${classes['name']} clip`} title={picture.fileName}>
              {picture.fileName} <span>{text.size(picture.width, picture.height)}</span>
            </p>
          </div>
        )}
        <div className={classes['actions']}>
          <Button variant="default" onClick={() => setPicking(true)}>
            {value === null ? text.field.choose : text.field.change}
          </Button>
          {value !== null && (
            <Button variant="subtle" onClick={() => onChange(null)}>
              {text.field.remove}
            </Button>
          )}
        </div>
        {picture != null && (
          <AltForm key={`${picture.id} ${picture.version}`} picture={picture} onSaved={onDescribed} />
        )}
      </div>
      {picking && (
        <Suspense fallback={null}>
          <PicturePicker
            onPick={(chosen) => {
              onChange(chosen);
              setPicking(false);
            }}
            onClose={() => setPicking(false)}
          />
        </Suspense>
      )}
    </Input.Wrapper>
  );
};
