import { Switch } from '@mantine/core';
import { EntryField, EntryLine, EntryText, useEntryField, useEntryForm } from './fields';
import classes from './panel.module.css';
import { text } from './text';

const words = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** What search engines are told, and how that may look. */
export const SeoTab = ({ path }: { path: string }) => {
  const { fields } = useEntryForm();
  const title = words(useEntryField(['seo', 'title']).value);
  const description = words(useEntryField(['seo', 'description']).value);
  const noIndex = useEntryField(['seo', 'noIndex']);
  return (
    <div className={classes['fields']}>
      <figure className={classes['result']}>
        <figcaption>{text.seo.preview}</figcaption>
        <p className={classes['resultPath']}>{path}</p>
        <p className={classes['resultTitle']}>{title || words(fields['title'])}</p>
        <p className={classes['resultText']}>{description || words(fields['summary']) || text.seo.noDescription}</p>
      </figure>
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
