import type { Inline, ListItem, TextNode } from '../contract';
import { type LeftOut, takeOut } from './leftOut';
import { linesOf } from './lines';
import { deepest, listsOf, listType, type Point } from './lists';
import { lineBreak, type Manner, mannerOf, plain, words } from './manner';
import { asText, asWords, type Piece } from './pieces';
import { withStylesAside } from './style';
import { isData, rowsOf } from './table';
import { isMarker, isQuote, isTitle, wordPoint } from './word';

/*
 * HTML from a clipboard, read into what a document can hold. Nothing of it is kept but words, what they are (a heading,
 * a point, a quote), strong, emphasis and where links lead.
 */

export type Clipboard = { pieces: Piece[]; leftOut: LeftOut };

export const readClipboard = (html: string): Clipboard => {
  const { body } = new DOMParser().parseFromString(withStylesAside(html), 'text/html');
  const leftOut = takeOut(body);
  const pieces = piecesOf(body.childNodes, plain);
  const withinLine = ![...body.querySelectorAll('*')].some(isBlock);
  return { pieces: withinLine ? spaced(pieces, body.textContent) : pieces, leftOut };
};

const blocks =
  /^(address|article|aside|blockquote|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)$/;

/** Whether it stands on lines of its own. */
const isBlock = ({ localName }: Element) => blocks.test(localName);

/** Words from within a line bring the spaces around them, which browsers write as hard ones. */
const spaced = (pieces: Piece[], text: string): Piece[] => {
  const [only, ...more] = pieces;
  if (only?.type !== 'paragraph' || only.content === undefined || more.length > 0) return pieces;
  const around = text.replace(/^[ \t\r\n\f]+|[ \t\r\n\f]+$/g, '');
  const space = (wanted: boolean): Inline[] => (wanted ? [{ type: 'text', text: ' ' }] : []);
  const content = [...space(around.startsWith('\u00a0')), ...only.content, ...space(around.endsWith('\u00a0'))];
  return [{ type: 'paragraph', content }];
};

const piecesOf = (nodes: Iterable<Node>, around: Manner): Piece[] => {
  const found: (Piece | Point)[] = [];
  let line: Inline[] = [];
  const endLine = () => {
    found.push(...linesOf(line).map((content): Piece => ({ type: 'paragraph', content })));
    line = [];
  };
  const visit = (node: Node, manner: Manner) => {
    if (node instanceof Text) line.push(...words(node.data, manner));
    if (!(node instanceof Element) || isMarker(node)) return;
    if (node.localName === 'br') {
      line.push(lineBreak);
      return;
    }
    const inner = mannerOf(node, manner);
    const block = isBlock(node);
    if (block) endLine();
    const read = block ? blockOf(node, inner) : null;
    if (read === null) for (const child of node.childNodes) visit(child, inner);
    else found.push(...read);
    if (block) endLine();
  };
  for (const node of nodes) visit(node, around);
  endLine();
  return gathered(found);
};

/** Points that follow each other are a list. */
const gathered = (found: readonly (Piece | Point)[]): Piece[] => {
  const pieces: Piece[] = [];
  let points: Point[] = [];
  const endPoints = () => {
    pieces.push(...listsOf(points));
    points = [];
  };
  for (const each of found) {
    if (each.type === 'point') points.push(each);
    else {
      endPoints();
      pieces.push(each);
    }
  }
  endPoints();
  return pieces;
};

/** What an element makes of all it holds; null where it only holds it. */
const blockOf = (element: Element, manner: Manner): (Piece | Point)[] | null => {
  const level = headingLevel(element);
  if (level !== null) return heading(level, element, manner);
  const point = wordPoint(element);
  if (point !== null) {
    const content = lineOf(element, manner);
    return content.length === 0 ? [] : [{ type: 'point', ...point, content }];
  }
  switch (element.localName) {
    case 'p':
      return isQuote(element) ? quote(element, manner) : null;
    case 'blockquote':
      return quote(element, manner);
    case 'ul':
    case 'ol':
      return list(element, manner);
    case 'table':
      return table(element as HTMLTableElement);
    case 'dt':
      return piecesOf(element.childNodes, { ...manner, strong: true });
    case 'figcaption':
      return isTaken(element) ? [] : null;
    default:
      return null;
  }
};

/** Everything in an element as one line. */
const lineOf = (element: Element, manner: Manner): Inline[] =>
  linesOf(asText(piecesOf(element.childNodes, manner)).flatMap(inlinesIn))[0] ?? [];

const inlinesIn = (node: TextNode): Inline[] =>
  node.type === 'paragraph' || node.type === 'heading'
    ? [...(node.content ?? []), { type: 'text', text: ' ' }]
    : node.content.flatMap(({ content }) => content.flatMap(inlinesIn));

const headingLevel = (element: Element): number | null => {
  if (isTitle(element)) return 1;
  const told = element.getAttribute('role') === 'heading' ? element.getAttribute('aria-level') : null;
  const level = Number(told ?? /^h([1-6])$/.exec(element.localName)?.[1]);
  return level > 0 ? level : null;
};

const heading = (level: number, element: Element, manner: Manner): Piece[] => {
  const content = linesOf(lineOf(element, manner).map(inHeading))[0];
  if (content === undefined) return [];
  if (level <= 2) return [{ type: 'section', content }];
  return [{ type: 'heading', attrs: { level: level === 3 ? 3 : 4 }, content }];
};

/** A heading is one line, and strong by itself. */
const inHeading = (inline: Inline): Inline => {
  if (inline.type !== 'text') return { type: 'text', text: ' ' };
  const { marks = [], ...rest } = inline;
  const left = marks.filter(({ type }) => type !== 'strong');
  return left.length === 0 ? rest : { ...rest, marks: left };
};

const list = (element: Element, manner: Manner): Piece[] | null => {
  if (manner.depth === deepest || [...element.children].some((item) => wordPoint(item) !== null)) return null;
  const items: ListItem[] = [];
  for (const child of element.children) {
    const content = asText(piecesOf([child], { ...manner, depth: manner.depth + 1 })).map(inItem);
    const [first] = content;
    const before = items.at(-1);
    if (first === undefined) continue;
    if (first.type === 'paragraph') items.push({ type: 'listItem', content });
    // A list within that has no words of its own before it belongs to the item above.
    else if (before !== undefined) before.content.push(...content);
    else
      for (const inner of content)
        if (inner.type !== 'paragraph' && inner.type !== 'heading') items.push(...inner.content);
  }
  return items.length === 0 ? [] : [{ type: listType(element.localName === 'ol'), content: items }];
};

const inItem = (node: TextNode): TextNode =>
  node.type === 'heading' ? { type: 'paragraph', content: node.content ?? [] } : node;

const dash = /^\s*[—–―~-]+\s*/;

const quote = (element: Element, manner: Manner): Piece[] => {
  const told = sayer(element);
  const named = told === null ? '' : asWords(piecesOf(told.childNodes, plain)).replace(dash, '');
  if (told !== null && element.contains(told)) told.remove();
  const all = piecesOf(element.childNodes, manner);
  if (!all.every(({ type }) => type === 'paragraph')) return [...all, ...(named === '' ? [] : paragraph(named))];
  const content = asText(all);
  const last = content.length > 1 && named === '' ? asWords(all.slice(-1)) : '';
  if (dash.test(last)) return [{ type: 'quote', content: content.slice(0, -1), attribution: last.replace(dash, '') }];
  return content.length === 0 ? [] : [{ type: 'quote', content, attribution: named }];
};

const paragraph = (text: string): Piece[] => [{ type: 'paragraph', content: [{ type: 'text', text }] }];

/** Where a quote says whose words it holds. A `cite` within a sentence is the title of a work. */
const sayer = (element: Element): Element | null => {
  const below = element.querySelector('footer') ?? element.closest('figure')?.querySelector('figcaption');
  if (below != null) return below;
  const cite = [...element.querySelectorAll('cite')].at(-1);
  const line = cite?.parentElement;
  if (cite === undefined || line == null) return null;
  if (line === element) return cite;
  return line.textContent.replace(dash, '').trim() === cite.textContent.replace(dash, '').trim() ? line : null;
};

const table = (element: HTMLTableElement): Piece[] | null => {
  if (!isData(element)) return null;
  const rows = rowsOf(element, (cell) => asWords(piecesOf(cell.childNodes, plain)));
  if (rows.length < 2 || (rows[0]?.length ?? 0) < 2) return null;
  const caption = element.caption ?? element.closest('figure')?.querySelector('figcaption');
  return [{ type: 'table', caption: caption == null ? '' : asWords(piecesOf(caption.childNodes, plain)), rows }];
};

/** Whether the quote or the table above has taken a caption along. */
const isTaken = (caption: Element): boolean => {
  const figure = caption.closest('figure');
  if (figure === null) return false;
  return figure.querySelector('blockquote') !== null || [...figure.querySelectorAll('table')].some(isData);
};
