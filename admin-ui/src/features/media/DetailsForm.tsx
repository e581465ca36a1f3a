import { Button, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { type Picture, UpdatePicture } from '~/media/queries';
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
  const [{ fetching }, update] = useMutation(UpdatePicture);
  const [known] = useQuery({ query: TagsQuery });
  const changed = credit.trim() !== picture.credit || tags.join('\n') !== picture.tags.join('\n');

  const save = async () => {
    if (fetching) return;
    const { data, error } = await update({ input: { id: picture.id, version: picture.version, credit, tags } });
    const { byField, rest } = fieldErrors(data?.updateMedia.userErrors ?? [], ['credit', 'tags']);
    setErrors({ credit: byField['credit'], tags: byField['tags'] });
    setFailure(error ? failureText(error) : (rest[0] ?? null));
    const saved = data?.updateMedia.media;
    if (saved == null) return;
    setCredit(saved.credit);
    setTags(saved.tags);
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
        <Button type="submit" size="compact-md" loading={fetching} className={classes['save']}>
          {text.panel.save}
        </Button>
      )}
    </form>
  );
};
