import { Fragment, Node, Slice } from '@tiptap/pm/model';
import type { EditorView } from '@tiptap/pm/view';
import { emptyText, type RichTextDocument, type TextNode, toStored } from '../contract';
import { readClipboard } from './clipboard';
import type { LeftOut } from './leftOut';
import { asText, needsDocument, type Piece, type Split } from './pieces';

/** What was not pasted, and how many tables are lines of words now. */
export type Loss = LeftOut & { tables: number };

export type Pasting = {
  /** Takes a text apart into blocks, or answers that it cannot. Missing for a text that is a field among others. */
  onSplit: ((split: Split) => boolean) | undefined;
  onLoss: (loss: Loss) => void;
};

const nothing: LeftOut = { pictures: 0, embeds: 0, links: 0 };

/**
 * Puts what the clipboard holds where the caret is. Leaves to the editor what it copied itself, and plain text, which
 * is all there is of a clipboard pasted without formatting.
 */
export const paste = (view: EditorView, { clipboardData }: ClipboardEvent, { onSplit, onLoss }: Pasting): boolean => {
  const html = clipboardData?.getData('text/html') ?? '';
  if (clipboardData === null || html.includes('data-pm-slice')) return false;
  if (html === '') {
    const pictures = [...clipboardData.files].filter(({ type }) => type.startsWith('image/')).length;
    if (pictures === 0 || clipboardData.getData('text/plain') !== '') return false;
    onLoss({ ...nothing, pictures, tables: 0 });
    return true;
  }
  const { pieces, leftOut } = readClipboard(html);
  const split = takesApart(view, pieces) && onSplit?.({ pieces, ...around(view) }) === true;
  if (!split) insert(view, asText(pieces));
  const tables = split ? 0 : pieces.filter(({ type }) => type === 'table').length;
  if (Object.values(leftOut).some(Boolean) || tables > 0) onLoss({ ...leftOut, tables });
  return true;
};

/** A heading alone, put into a line, is words. */
const takesApart = (view: EditorView, pieces: readonly Piece[]): boolean => {
  const [first, ...more] = pieces;
  const inLine = view.state.selection.$from.parent.content.size > 0;
  return pieces.some(needsDocument) && !(first?.type === 'section' && more.length === 0 && inLine);
};

const insert = (view: EditorView, content: readonly TextNode[]) => {
  const { schema, tr } = view.state;
  const nodes = Fragment.fromArray(content.map((node) => Node.fromJSON(schema, node)));
  view.dispatch(tr.replaceSelection(Slice.maxOpen(nodes)).scrollIntoView().setMeta('paste', true));
};

/** The text on both sides of what is selected, without the spaces at the cut. */
const around = ({ state: { doc, selection } }: EditorView): { before: RichTextDocument; after: RichTextDocument } => {
  const { $from, $to, from, to } = selection;
  const head = $from.parent.textBetween(0, $from.parentOffset, '', '☏');
  const tail = $to.parent.textBetween($to.parentOffset, $to.parent.content.size, '', '☏');
  const spaces = (text: string, left: string) => text.length - left.length;
  return {
    before: withoutBlank(toStored(doc.cut(0, from - spaces(head, head.trimEnd())).toJSON()), 'end'),
    after: withoutBlank(toStored(doc.cut(to + spaces(tail, tail.trimStart())).toJSON()), 'start'),
  };
};

const isBlank = (node: TextNode): boolean =>
  node.type === 'paragraph' || node.type === 'heading'
    ? node.content === undefined
    : node.content.every(({ content }) => content.every(isBlank));

/** Cutting a text leaves an empty line where the cut is at a line's end. */
const withoutBlank = ({ content }: RichTextDocument, side: 'start' | 'end'): RichTextDocument => {
  const at = side === 'start' ? 0 : -1;
  const cut = content.at(at);
  if (cut === undefined) return emptyText;
  const without = <T>(all: readonly T[]): T[] => all.toSpliced(at, 1);
  if (isBlank(cut)) return { ...emptyText, content: without(content) };
  if (cut.type === 'paragraph' || cut.type === 'heading') return { ...emptyText, content };
  const item = cut.content.at(at);
  if (item === undefined || !item.content.every(isBlank)) return { ...emptyText, content };
  return { ...emptyText, content: content.with(at, { ...cut, content: without(cut.content) }) };
};
