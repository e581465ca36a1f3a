import { Button, Checkbox } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { TextArea } from '~/ui/TextArea';
import classes from './AltForm.module.css';
import type { Picture, PictureRow } from './queries';
import { text } from './text';
import { useUpdatePicture, whyNot } from './useUpdatePicture';

/** What a picture shows, or that it only decorates; one of the two before anything with it is published. Saved on leaving. */
export const AltForm = ({ picture, onSaved }: { picture: PictureRow; onSaved?: (picture: Picture) => void }) => {
  const [alt, setAlt] = useState(picture.alt);
  const [decorative, setDecorative] = useState(picture.decorative);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const update = useUpdatePicture();
  const changed = alt.trim() !== picture.alt || decorative !== picture.decorative;

  const save = async () => {
    if (!changed || busy) return;
    setBusy(true);
    const updated = await update(picture, { alt: decorative ? '' : alt, decorative });
    setBusy(false);
    setError(whyNot(updated));
    if (updated.kind !== 'done') return;
    setAlt((now) => (now === alt ? updated.picture.alt : now));
    onSaved?.(updated.picture);
  };

  // Whoever goes on, saves the page or closes this has written it, whether they pressed the button or not.
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => () => void latest.current(), []);

  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) void save();
      }}
      onKeyDown={({ key, ctrlKey, metaKey }) => {
        if ((ctrlKey || metaKey) && key.toLowerCase() === 's') void save();
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
        <Button type="submit" size="compact-md" loading={busy} className={classes['save']}>
          {text.alt.save}
        </Button>
      )}
    </form>
  );
};
