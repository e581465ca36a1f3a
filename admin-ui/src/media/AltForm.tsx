import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { failureText } from '~/gql/client';
import { TextArea } from '~/ui/TextArea';
import classes from './AltForm.module.css';
import { type Picture, type PictureRow, UpdatePicture } from './queries';
import { text } from './text';

/** What a picture shows, or that it only decorates; one of the two before anything with it is published. */
export const AltForm = ({ picture, onSaved }: { picture: PictureRow; onSaved?: (picture: Picture) => void }) => {
  const [alt, setAlt] = useState(picture.alt);
  const [decorative, setDecorative] = useState(picture.decorative);
  const [error, setError] = useState<string | null>(null);
  const [{ fetching }, update] = useMutation(UpdatePicture);
  const changed = alt.trim() !== picture.alt || decorative !== picture.decorative;

  const save = async () => {
    if (!changed || fetching) return;
    const input = { id: picture.id, version: picture.version, alt: decorative ? '' : alt, decorative };
    const { data, error: failure } = await update({ input });
    const saved = data?.updateMedia.media;
    setError(failure ? failureText(failure) : (data?.updateMedia.userErrors[0]?.message ?? null));
    if (saved == null) return;
    setAlt(saved.alt);
    onSaved?.(saved);
  };

  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {picture.missingAlt && <p className={classes['missing']}>{text.alt.missing}</p>}
      {!decorative && (
        <TextArea label={text.alt.label} description={text.alt.help} error={error} value={alt} onChange={setAlt} />
      )}
      <Checkbox
        label={text.alt.decorative}
        description={text.alt.decorativeHelp}
        checked={decorative}
        onChange={({ currentTarget }) => setDecorative(currentTarget.checked)}
      />
      {decorative && error !== null && (
        <p role="alert" className={classes['failure']}>
          {text.alt.failed}: {error}
        </p>
      )}
      {changed && (
        <Button type="submit" size="compact-md" loading={fetching} className={classes['save']}>
          {text.alt.save}
        </Button>
      )}
    </form>
  );
};
