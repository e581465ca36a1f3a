import { Input } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { focusField } from '~/blocks/form/focus';
import type { Path } from '~/blocks/path';
import { GrowingText } from '~/ui/GrowingText';
import classes from './DocumentHead.module.css';
import { EntryField, useEntryField, useEntryForm } from './fields';
import { text } from './text';

const shown = (value: unknown): string => (typeof value === 'string' ? value : '');
const oneLine = (value: string) => value.replace(/\s*\n\s*/g, ' ');

/** Title and summary as they read, written in place. */
export const DocumentHead = ({ byline, aim }: { byline: ReactNode; aim: { path: Path } | null }) => {
  const head = useRef<HTMLDivElement>(null);
  const { readOnly } = useEntryForm();
  const title = useEntryField(['title']);
  const summary = useEntryField(['summary']);
  useEffect(() => {
    if (aim !== null && head.current !== null) focusField(head.current, aim.path);
  }, [aim]);
  if (readOnly) {
    return (
      <div className={classes['head']}>
        <h2 className={classes['title']}>{shown(title.value) || text.document.untitled}</h2>
        <p className={classes['byline']}>{byline}</p>
        <p className={classes['summary']}>{shown(summary.value)}</p>
      </div>
    );
  }
  return (
    <div ref={head} className={classes['head']}>
      <EntryField path={['title']}>
        <Input.Wrapper error={title.error}>
          <GrowingText
            className={classes['title'] ?? ''}
            aria-label={text.document.title}
            aria-invalid={title.error !== undefined || undefined}
            placeholder={text.document.untitled}
            value={shown(title.value)}
            onChange={({ currentTarget }) => title.onChange(oneLine(currentTarget.value))}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              event.preventDefault();
              head.current?.querySelector<HTMLElement>('[data-path="summary"] textarea')?.focus();
            }}
          />
        </Input.Wrapper>
      </EntryField>
      <p className={classes['byline']}>{byline}</p>
      <EntryField path={['summary']}>
        <Input.Wrapper error={summary.error}>
          <GrowingText
            className={classes['summary'] ?? ''}
            aria-label={text.document.summary}
            aria-invalid={summary.error !== undefined || undefined}
            placeholder={text.document.summaryHint}
            value={shown(summary.value)}
            onChange={({ currentTarget }) => summary.onChange(oneLine(currentTarget.value))}
          />
        </Input.Wrapper>
      </EntryField>
    </div>
  );
};
