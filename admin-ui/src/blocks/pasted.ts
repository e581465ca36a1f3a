import { emptyText, type RichTextDocument, type TextNode } from '~/richtext/contract';
import { asText, asWords, type Piece, type Split } from '~/richtext/paste/pieces';
import type { Caret } from '~/richtext/RichText';
import { type Block, newKey } from './block';
import type { Kind } from './definition';
import type { Path } from './path';
import { fromGrid, mostColumns, mostRows } from './table/grid';

/*
 * What was pasted into a text, as blocks in place of the text's own. The kinds that stand for something pasted are named
 * here; where the server does not have one, or it cannot hold so much, the words stay in the text.
 */

/** The block that is taken apart: a kind that is nothing but the text in `field`. */
type TextBlock = { key: string; kind: string; field: string };

export type Parts = {
  blocks: Block[];
  /** Where writing goes on. */
  next: { key: string; path: Path; caret: Caret | undefined };
};

const longest = { heading: 160, quote: 600, attribution: 160, columnHead: 80, rowHead: 160, cell: 600 };
const mostPoints = 50;

const fits = (text: string, most: number) => text !== '' && [...text].length <= most;

const textOf = (content: TextNode[]): RichTextDocument => ({ ...emptyText, content });

/** The values of a kind that stands for the piece; null where none does. */
const standsFor = (piece: Piece): { kind: string; values: { [field: string]: unknown } } | null => {
  switch (piece.type) {
    case 'section': {
      const text = asWords([piece]);
      return fits(text, longest.heading) ? { kind: 'heading', values: { text, level: 2 } } : null;
    }
    case 'quote': {
      const text = asWords(piece.content);
      const { attribution } = piece;
      if (!fits(text, longest.quote) || [...attribution].length > longest.attribution) return null;
      return { kind: 'quote', values: { text, attribution } };
    }
    case 'table': {
      const [head = [], ...rows] = piece.rows;
      const tooBig = head.length > mostColumns || rows.length > mostRows;
      const tooLong =
        head.some((cell) => [...cell].length > longest.columnHead) ||
        rows.some((row) => row.some((cell, x) => [...cell].length > (x === 0 ? longest.rowHead : longest.cell)));
      if (tooBig || tooLong) return null;
      return { kind: 'comparisonTable', values: { caption: piece.caption, ...fromGrid(piece.rows) } };
    }
    case 'bulletList':
    case 'orderedList': {
      if (piece.content.length > mostPoints) return null;
      const style = piece.type === 'orderedList' ? 'NUMBERED' : 'BULLETED';
      return { kind: 'list', values: { style, items: piece.content.map(({ content }) => textOf(content)) } };
    }
    default:
      return null;
  }
};

/** Null where nothing of it becomes a block of its own. */
export const takenApart = ({ before, pieces, after }: Split, text: TextBlock, kinds: readonly Kind[]): Parts | null => {
  const blocks: Block[] = [];
  // The block keeps its key where its words are; links and remarks lead there.
  let key: string | null = text.key;
  const takeKey = (ours: boolean): string => {
    const own = ours ? key : null;
    if (own !== null) key = null;
    return own ?? newKey();
  };
  const blockFor = (piece: Piece): Block | null => {
    const stand = standsFor(piece);
    const kind = kinds.find((each) => each.kind === stand?.kind);
    if (stand === null || kind === undefined) return null;
    return { key: newKey(), kind: kind.kind, values: { ...kind.empty, ...stand.values } };
  };

  let run = [...before.content];
  let ours = run.length > 0;
  const endRun = () => {
    const [first, ...more] = run;
    if (first === undefined) return;
    const alone = !ours && more.length === 0 ? blockFor(first) : null;
    blocks.push(alone ?? { key: takeKey(ours), kind: text.kind, values: { [text.field]: textOf(run) } });
    run = [];
    ours = false;
  };
  for (const piece of pieces) {
    const isList = piece.type === 'bulletList' || piece.type === 'orderedList';
    const block = isList ? null : blockFor(piece);
    if (block === null) run.push(...asText([piece]));
    else {
      endRun();
      blocks.push(block);
    }
  }
  const written = run.length;
  ours ||= after.content.length > 0;
  run.push(...after.content);
  endRun();

  const last = blocks.at(-1);
  if (last === undefined || blocks.every(({ kind }) => kind === text.kind)) return null;
  if (last.kind !== text.kind) return { blocks, next: { key: last.key, path: [], caret: undefined } };
  return { blocks, next: { key: last.key, path: [text.field], caret: { nodes: written } } };
};
