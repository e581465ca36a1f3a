import { Button, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import type { Picture } from '~/media/queries';
import { useUpdatePicture } from '~/media/useUpdatePicture';
import { fieldErrors } from '~/ui/fieldErrors';
import classes from './PicturePanel.module.css';
import { TagsQuery } from './queries';
import { text } from './text';

/** Who made a picture, and the words under which it is found. */
export const DetailsForm = ({ picture }: { picture: Picture }) => {
  const [credit, setCredit] = useState(picture.credit);
  const [tags, setTags] = useState<string[]>(picture.tags);
  const [errors, setErrors] = useState<{ credit?: string | undefined; tags?: string | undefined }>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const update = useUpdatePicture();
  const [known] = useQuery({ query: TagsQuery });
  const changed = credit.trim() !== picture.credit || tags.join('\n') !== picture.tags.join('\n');

  const save = async () => {
    if (busy) return;
    setBusy(true);
    const updated = await update(picture, { credit, tags });
    setBusy(false);
    const refused = updated.kind === 'refused' ? updated.userErrors : [];
    const { byField, rest } = fieldErrors([...refused], ['credit', 'tags']);
    setErrors({ credit: byField['credit'], tags: byField['tags'] });
    setFailure(updated.kind === 'failed' ? updated.message : (rest[0] ?? null));
    if (updated.kind !== 'done') return;
    setCredit(updated.picture.credit);
    setTags(updated.picture.tags);
  };

  return (
    <form
      className={classes['part']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3>{text.panel.details}</h3>
      <TagsInput
        label={text.panel.tags}
        description={text.panel.tagsHelp}
        error={errors.tags}
        data={known.data?.mediaTags ?? []}
        maxTags={20}
        value={tags}
        onChange={setTags}
      />
      <TextInput
        label={text.panel.credit}
        description={text.panel.creditHelp}
        error={errors.credit}
        maxLength={160}
        value={credit}
        onChange={({ currentTarget }) => setCredit(currentTarget.value)}
      />
      {failure !== null && (
        <p role="alert" className={classes['failure']}>
          {failure}
        </p>
      )}
      {changed && (
        <Button type="submit" size="compact-md" loading={busy} className={classes['save']}>
          {text.panel.save}
        </Button>
      )}
    </form>
  );
};
