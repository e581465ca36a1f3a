import { Input } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import type { RichTextDocument } from './contract';
import { RichTextView } from './RichTextView';
import classes from './richtext.module.css';
import { text } from './text';

const load = () => import('./RichTextEditor');
const RichTextEditor = lazy(async () => ({ default: (await load()).RichTextEditor }));

/** Fetches the writing machinery ahead of the first click. */
export const preloadRichText = () => void load();

/** Where writing begins: at an end, or where the text was clicked, measured from its upper left corner. */
export type Caret = { left: number; top: number } | 'start' | 'end';

/** The place of a click within the text it hit. Toolbars may come above the text; the place within it stays. */
export const caretAt = (text: Element, { clientX, clientY }: { clientX: number; clientY: number }): Caret => {
  const { left, top } = text.getBoundingClientRect();
  return { left: clientX - left, top: clientY - top };
};

export type RichTextProps = {
  id?: string;
  label: string;
  /** The label is for those who hear it only. */
  labelHidden?: boolean;
  description?: ReactNode;
  error?: ReactNode;
  value: RichTextDocument;
  onChange: (value: RichTextDocument) => void;
  /** Without frame and visible label, where a block is nothing but its text. */
  bare?: boolean;
  /** Begin writing at once. */
  caret?: Caret | null;
  /** Somebody pressed `/` on an empty line. */
  onSlash?: (() => void) | undefined;
};

/**
 * A field for a text. Shown as plain elements until it is focused, because a page can hold dozens of them; from then
 * on an editor.
 */
export const RichText = ({
  id,
  label,
  labelHidden = false,
  description,
  error,
  value,
  onChange,
  bare = false,
  caret = null,
  onSlash,
}: RichTextProps) => {
  const fallback = useId();
  const field = id ?? fallback;
  const [start, setStart] = useState<Caret | null>(caret);
  const described =
    [description && `${field}-description`, error && `${field}-error`].filter(Boolean).join(' ') || undefined;
  const still = (
    // biome-ignore lint/a11y/useSemanticElements: It becomes a rich editor; neither input nor textarea can show its text.
    <div
      role="textbox"
      tabIndex={0}
      aria-multiline
      aria-label={label}
      aria-describedby={described}
      aria-invalid={Boolean(error) || undefined}
      data-field-input
      className={classes['still']}
      onFocus={() => setStart((before) => before ?? 'end')}
      onMouseDown={(event) => {
        event.preventDefault();
        setStart(caretAt(event.currentTarget, event));
      }}
    >
      {value.content.length === 0 ? (
        <p className={classes['placeholder']}>{text.placeholder}</p>
      ) : (
        <RichTextView value={value} />
      )}
    </div>
  );
  const control = (
    <div className={classes['field']} data-bare={bare || undefined} data-error={Boolean(error) || undefined}>
      {start === null ? (
        still
      ) : (
        <Suspense fallback={still}>
          <RichTextEditor
            label={label}
            describedBy={described}
            invalid={Boolean(error)}
            value={value}
            onChange={onChange}
            caret={start}
            onSlash={onSlash}
          />
        </Suspense>
      )}
    </div>
  );
  return (
    <Input.Wrapper
      id={field}
      label={bare || labelHidden ? undefined : label}
      labelElement="div"
      description={description}
      error={error}
    >
      {control}
    </Input.Wrapper>
  );
};
