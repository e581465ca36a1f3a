import { Input } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { emptyText, type RichTextDocument } from './contract';
import type { Split } from './paste/pieces';
import type { Point } from './point';
import { RichTextView } from './RichTextView';
import classes from './richtext.module.css';
import { text } from './text';

type Editor = typeof import('./RichTextEditor').RichTextEditor;

let loaded: Editor | null = null;
const load = async (): Promise<Editor> => {
  loaded ??= (await import('./RichTextEditor')).RichTextEditor;
  return loaded;
};

/** Fetches the writing machinery ahead of the first click, which tells when it cannot be had. */
export const preloadRichText = () => void load().catch(() => {});

/**
 * The editor once writing begins. React's own `lazy` would show the text for reading anew in the meantime, and the
 * keyboard would be nowhere: `here` says whether it still is at the text.
 */
const useEditor = (wanted: boolean, here: () => boolean): { Editor: Editor; focused: boolean } | null => {
  const [ready, setReady] = useState(() => (loaded === null ? null : { Editor: loaded, focused: true }));
  const isHere = useRef(here);
  const missing = wanted && ready === null;
  useEffect(() => {
    if (!missing) return;
    load().then(
      (Editor) => setReady({ Editor, focused: isHere.current() }),
      (cause: unknown) =>
        setReady(() => {
          throw cause;
        }),
    );
  }, [missing]);
  return wanted ? ready : null;
};

/** Where writing begins: at an end, after so many of its nodes, or where it was clicked, from its upper left corner. */
export type Caret = { left: number; top: number } | { nodes: number } | 'start' | 'end';

/** The place of a click within the text it hit. Toolbars may come above the text; the place within it stays. */
export const caretAt = (text: Element, { clientX, clientY }: { clientX: number; clientY: number }): Caret => {
  const { left, top } = text.getBoundingClientRect();
  return { left: clientX - left, top: clientY - top };
};

/** Keys that write something, pressed where nothing can be written yet. */
const isTyping = (event: KeyboardEvent) => {
  const command = event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState('AltGraph'));
  return (
    !(command || event.nativeEvent.isComposing) && (event.key.length === 1 || /^(Enter|Backspace)$/.test(event.key))
  );
};

/** When nothing came of it, `onLeave` writes what was typed meanwhile, and takes the keyboard back. */
export type OnSlash = (onLeave: (typed: string) => void) => boolean;

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
  /** It is one of a list of short texts. */
  point?: Point<RichTextDocument> | undefined;
  /** Somebody pressed `/` on an empty line; answers whether something else is asked. */
  onSlash?: OnSlash | undefined;
  /** More than a text can hold was pasted; answers whether it was taken apart into blocks. */
  onSplit?: ((split: Split) => boolean) | undefined;
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
  point,
  onSlash,
  onSplit,
}: RichTextProps) => {
  const fallback = useId();
  const field = id ?? fallback;
  const [start, setStart] = useState<Caret | null>(point?.coming?.caret ?? caret);
  const reading = useRef<HTMLDivElement>(null);
  const [keys] = useState<string[]>([]);
  const writing = useEditor(start !== null, () => reading.current === document.activeElement);
  const coming = point?.coming ?? null;
  useEffect(() => {
    if (coming === null) return;
    setStart((before) => before ?? coming.caret);
    reading.current?.focus();
  }, [coming]);
  const described =
    [description && `${field}-description`, error && `${field}-error`].filter(Boolean).join(' ') || undefined;
  const still = (
    // biome-ignore lint/a11y/useSemanticElements: It becomes a rich editor; neither input nor textarea can show its text.
    <div
      ref={reading}
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
        event.currentTarget.focus({ preventScroll: true });
      }}
      onKeyDown={(event) => {
        if (!isTyping(event)) return;
        event.preventDefault();
        event.stopPropagation();
        const { key } = event;
        // After other keys it waits its turn.
        if (point !== undefined && key === 'Enter' && !event.shiftKey && keys.length === 0)
          point.onBreak(value, emptyText);
        else if (point !== undefined && key === 'Backspace' && value.content.length + keys.length === 0)
          point.onErase();
        else keys.push(key);
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
      {start === null || writing === null ? (
        still
      ) : (
        <writing.Editor
          label={label}
          describedBy={described}
          invalid={Boolean(error)}
          value={value}
          onChange={onChange}
          caret={start}
          focused={writing.focused}
          keys={keys}
          point={point}
          onSlash={onSlash}
          onSplit={onSplit}
        />
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
