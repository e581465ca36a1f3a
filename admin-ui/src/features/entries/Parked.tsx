import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Kind } from '~/blocks/definition';
import type { Document } from '~/blocks/document';
import { allWords } from '~/blocks/summary';
import dialog from './dialog.module.css';
import classes from './Parked.module.css';
import { text } from './text';

const words = (document: Document, kinds: readonly Kind[]): string =>
  [
    document.fields['title'],
    document.fields['summary'],
    ...document.blocks.map(({ kind, values }) =>
      allWords(kinds.find((each) => each.kind === kind)?.fields ?? [], values),
    ),
  ]
    .filter((part) => typeof part === 'string' && part.trim() !== '')
    .join('\n\n');

/** One's own version while theirs is on the screen: to copy from, to put back, or to drop. */
export const Parked = ({
  mine,
  kinds,
  onPutBack,
  onDrop,
}: {
  mine: Document;
  kinds: readonly Kind[];
  onPutBack: () => void;
  onDrop: () => void;
}) => {
  const [open, setOpen] = useState(false);
  return (
    <div className={classes['banner']} role="status">
      <span>{text.parked.banner}</span>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        {text.parked.show}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={text.parked.title} size={640}>
        <div className={dialog['dialog']}>
          <p>{text.parked.help}</p>
          <Textarea label={text.parked.label} readOnly autosize minRows={6} maxRows={18} value={words(mine, kinds)} />
          <p>{text.parked.backHelp}</p>
          <div className={dialog['actions']}>
            <Button variant="subtle" onClick={onDrop}>
              {text.parked.drop}
            </Button>
            <Button onClick={onPutBack}>{text.parked.back}</Button>
          </div>
        </div>
      </Modal>
    </div>
  );
};
