import { type Inline, type RichTextDocument, type TextNode, wordsOf } from '../contract';

/** What was pasted, one after the other: what a text can hold, and what only a document can. */
export type Piece =
  | TextNode
  /** A heading above those that a text may have. */
  | { type: 'section'; content: Inline[] }
  | { type: 'quote'; content: TextNode[]; attribution: string }
  /** Rows of equal length, of which the first may hold headings. */
  | { type: 'table'; caption: string; rows: string[][] };

/** A text with something pasted into it that a text cannot hold. */
export type Split = { before: RichTextDocument; pieces: Piece[]; after: RichTextDocument };

export const needsDocument = ({ type }: Piece): boolean => type === 'section' || type === 'quote' || type === 'table';

const line = (text: string): TextNode[] =>
  text === '' ? [] : [{ type: 'paragraph', content: [{ type: 'text', text }] }];

/** The nearest a text can come: no word is lost. */
export const asText = (pieces: readonly Piece[]): TextNode[] =>
  pieces.flatMap((piece): TextNode[] => {
    switch (piece.type) {
      case 'section':
        return [{ type: 'heading', attrs: { level: 3 }, content: piece.content }];
      case 'quote':
        return [...piece.content, ...line(piece.attribution)];
      case 'table':
        return [...line(piece.caption), ...piece.rows.flatMap((row) => line(row.filter(Boolean).join(' · ')))];
      default:
        return [piece];
    }
  });

/** The words alone, as a line or a cell takes them. */
export const asWords = (pieces: readonly Piece[]): string => asText(pieces).map(wordsOf).filter(Boolean).join(' ');
