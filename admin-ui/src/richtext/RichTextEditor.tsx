import { notifications } from '@mantine/notifications';
import type { EditorState } from '@tiptap/pm/state';
import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { nameOf, type TargetStore, useTargets } from '~/ui/targets';
import { keepKey, takeTyped, typeAhead } from '~/ui/typeAhead';
import { placeCaret, pressKeys, writeOn } from './begin';
import { bringIn } from './bringIn';
import { emptyText, type RichTextDocument, toStored } from './contract';
import { LinkDialog, type LinkDialogMode, type Picked } from './menus/LinkDialog';
import { Toolbar } from './menus/Toolbar';
import { paste } from './paste/paste';
import type { Split } from './paste/pieces';
import { withStylesAside } from './paste/style';
import type { Point } from './point';
import type { Caret, OnSlash } from './RichText';
import { RichTextView } from './RichTextView';
import prose from './richtext.module.css';
import { canEdit, extensions, Person, Phone, toEditor } from './schema';
import { text } from './text';
import classes from './writing.module.css';

type Props = {
  label: string;
  describedBy: string | undefined;
  invalid: boolean;
  value: RichTextDocument;
  onChange: (value: RichTextDocument) => void;
  caret: Caret;
  /** Whether the keyboard comes along. */
  focused: boolean;
  /** What was typed before the editor was there; taken out as it is written. */
  keys: string[];
  point: Point<RichTextDocument> | undefined;
  onSlash: OnSlash | undefined;
  onSplit: ((split: Split) => boolean) | undefined;
};

/** An atom shows the name of what its id is of, which may arrive later than the text. */
const shownFrom = (store: TargetStore, node: typeof Phone, attr: string, sign: string) =>
  node.extend({
    addNodeView() {
      return ({ node: drawn }) => {
        const dom = document.createElement('span');
        dom.className = prose['named'] ?? '';
        const show = () => {
          dom.textContent = `${sign}${nameOf(store.get(drawn.attrs[attr]))}`;
        };
        show();
        return { dom, destroy: store.subscribe(show) };
      };
    },
  });

/** Writing. Shows what it cannot edit instead of touching it. */
export const RichTextEditor = (props: Props) => {
  const [editable] = useState(() => canEdit(props.value));
  if (editable) return <Writing {...props} />;
  return (
    <>
      <RichTextView value={props.value} />
      <p className={classes['note']}>{text.cannotEdit}</p>
    </>
  );
};

/** What stands before the selection, and what after it. */
const halves = ({ doc, selection }: EditorState) =>
  [toStored(doc.cut(0, selection.from).toJSON()), toStored(doc.cut(selection.to).toJSON())] as const;

const Writing = ({
  label,
  describedBy,
  invalid,
  value,
  onChange,
  caret,
  focused,
  keys,
  point,
  onSlash,
  onSplit,
}: Props) => {
  const store = useTargets();
  const [dialog, setDialog] = useState<LinkDialogMode | null>(null);
  const toolbar = useRef<HTMLDivElement>(null);
  // What was written here comes back as the value, in order but later; only what did not come from here is brought in.
  const shown = useRef({ value, coming: [] as RichTextDocument[] });
  const ask = (mode: LinkDialogMode) => {
    typeAhead(() => close(mode, ''));
    setDialog(mode);
  };
  const latest = useRef({ onChange, point, onSlash, onSplit, ask });
  useEffect(() => {
    latest.current = { onChange, point, onSlash, onSplit, ask };
  });

  const known = useMemo(
    () =>
      extensions({
        phone: shownFrom(store, Phone, 'contactPoint', '☏ '),
        person: shownFrom(store, Person, 'person', ''),
      }),
    [store],
  );
  const editor = useEditor({
    extensions: known,
    content: toEditor(value),
    injectCSS: false,
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        'data-field-input': '',
        class: prose['prose'] ?? '',
      },
      handleKeyDown: (view, event) => {
        // Keys that were pressed before the editor was there do not pass by the window.
        if (keepKey(event)) return true;
        const command = event.metaKey || event.ctrlKey;
        if (command && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
          event.stopPropagation();
          latest.current.ask('link');
          return true;
        }
        if (event.altKey && event.key === 'F10') {
          toolbar.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
          return true;
        }
        if (command || event.altKey || event.isComposing) return false;
        const { $from, empty } = view.state.selection;
        const among = latest.current.point;
        // A list within a point is written in as in any text.
        if (among !== undefined && $from.depth === 1 && !event.shiftKey) {
          if (event.key === 'Enter') {
            among.onBreak(...halves(view.state));
            return true;
          }
          if (event.key === 'Backspace' && !event.repeat && toStored(view.state.doc.toJSON()) === emptyText) {
            among.onErase();
            return true;
          }
        }
        if (
          event.key === '/' &&
          empty &&
          $from.depth === 1 &&
          $from.parent.content.size === 0 &&
          latest.current.onSlash?.((typed) => writeOn(view, `/${typed}`))
        ) {
          event.stopPropagation();
          return true;
        }
        const before = $from.parent.textBetween(0, $from.parentOffset, ' ', '☏');
        if (event.key === '@' && empty && (before === '' || /\s$/.test(before))) {
          latest.current.ask('mention');
          return true;
        }
        return false;
      },
      // The editor parses what is pasted before it asks.
      transformPastedHTML: withStylesAside,
      handlePaste: (view, event) =>
        paste(view, event, {
          onSplit: latest.current.onSplit,
          onLoss: (loss) => notifications.show({ message: text.loss(loss) }),
        }),
    },
    onUpdate: ({ editor: updated }) => {
      const written = toStored(updated.getJSON());
      shown.current.coming.push(written);
      latest.current.onChange(written);
    },
  });

  useEffect(() => {
    editor.setOptions({
      editorProps: {
        ...editor.options.editorProps,
        attributes: {
          ...(editor.options.editorProps.attributes as Record<string, string>),
          'aria-label': label,
          ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
          'aria-invalid': String(invalid),
        },
      },
    });
  }, [editor, label, describedBy, invalid]);

  // In the same breath in which it replaces the text for reading, so that no key falls between the two.
  // biome-ignore lint/correctness/useExhaustiveDependencies: Writing begins once.
  useLayoutEffect(() => {
    placeCaret(editor.view, caret);
    if (focused) editor.view.focus();
    pressKeys(editor.view, keys.splice(0));
  }, [editor]);

  // Undo and redo belong to the document; what they bring back replaces what is written here.
  useEffect(() => {
    const { value: before, coming } = shown.current;
    if (value === before) return;
    shown.current.value = value;
    const place = coming.indexOf(value);
    if (place !== -1) {
      coming.splice(0, place + 1);
      return;
    }
    coming.length = 0;
    bringIn(editor.view, value);
  }, [editor, value]);

  const coming = point?.coming ?? null;
  const begun = useRef(coming);
  useEffect(() => {
    // Where writing begins, the caret is already.
    if (coming === null || coming === begun.current) return;
    placeCaret(editor.view, coming.caret);
    editor.view.focus();
  }, [editor, coming]);

  /** Back to the text at once: the next key is meant for it. */
  const back = () => {
    setDialog(null);
    editor.view.focus();
  };

  /** What was typed after an `@` that was not meant as a mention is part of the text. */
  const close = (mode: LinkDialogMode | null, query: string) => {
    const typed = query + takeTyped();
    back();
    if (mode === 'mention') writeOn(editor.view, `@${typed}`);
  };

  const pick = (picked: Picked) => {
    back();
    const chain = editor.chain();
    if (picked.kind === 'phone') {
      chain.insertContent({ type: 'phone', attrs: { contactPoint: picked.contactPoint } }).run();
      return;
    }
    if (picked.kind === 'person') {
      chain.insertContent({ type: 'person', attrs: { person: picked.person } }).run();
      return;
    }
    const mark = { type: 'link', attrs: { to: picked.to } };
    if (editor.state.selection.empty && !editor.isActive('link')) {
      chain.insertContent({ type: 'text', text: picked.label, marks: [mark] }).run();
    } else {
      chain.setLink(picked.to).run();
    }
  };

  return (
    <>
      <Toolbar ref={toolbar} editor={editor} onDialog={ask} />
      <EditorContent editor={editor} className={classes['writing']} />
      <LinkDialog
        mode={dialog}
        linked={editor.isActive('link')}
        onPick={pick}
        onRemove={() => {
          back();
          editor.commands.unsetLink();
        }}
        onClose={(query) => close(dialog, query)}
      />
    </>
  );
};
