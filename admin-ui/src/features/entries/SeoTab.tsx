import { Switch } from '@mantine/core';
import { Suspense } from 'react';
import { usePictureParts } from '~/blocks/pictures';
import { lazyPart } from '~/ui/lazyPart';
import { EntryField, EntryLine, EntryText, useEntryField, useEntryForm } from './fields';
import classes from './panel.module.css';
import { text } from './text';

const SearchResult = lazyPart(async () => (await import('./SearchResult')).SearchResult);

const words = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** What a link to the page shows elsewhere, where that is not the site's own picture. */
const ShareImage = () => {
  const pictures = usePictureParts();
  const { value, error, onChange } = useEntryField(['seo', 'image']);
  if (pictures === null) return null;
  return (
    <EntryField path={['seo', 'image']}>
      <pictures.Field
        label={text.seo.image}
        help={text.seo.imageHelp}
        error={error}
        value={typeof value === 'string' ? value : null}
        onChange={onChange}
        onDescribed={pictures.onDescribed}
      />
    </EntryField>
  );
};

/** What search engines are told, and how that may look. */
export const SeoTab = ({ path }: { path: string }) => {
  const { fields } = useEntryForm();
  const title = words(useEntryField(['seo', 'title']).value);
  const description = words(useEntryField(['seo', 'description']).value);
  const noIndex = useEntryField(['seo', 'noIndex']);
  return (
    <div className={classes['fields']}>
      <Suspense fallback={null}>
        <SearchResult
          path={path}
          title={title || words(fields['title'])}
          description={description || words(fields['summary'])}
        />
      </Suspense>
      <EntryLine
        path={['seo', 'title']}
        label={text.seo.title}
        help={title === '' ? text.seo.titleHelp : text.seo.count(title.length, 60)}
      />
      <EntryText
        path={['seo', 'description']}
        label={text.seo.description}
        help={description === '' ? text.seo.descriptionHelp : text.seo.count(description.length, 155)}
      />
      <EntryLine path={['seo', 'canonical']} label={text.seo.canonical} help={text.seo.canonicalHelp} />
      <ShareImage />
      <EntryField path={['seo', 'noIndex']}>
        <Switch
          label={text.seo.noIndex}
          error={noIndex.error}
          checked={noIndex.value === true}
          onChange={({ currentTarget }) => noIndex.onChange(currentTarget.checked)}
        />
      </EntryField>
    </div>
  );
};
