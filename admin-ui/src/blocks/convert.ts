import {
  emptyText,
  type Inline,
  isRichText,
  type ListItem,
  type RichTextDocument,
  type TextNode,
} from '~/richtext/contract';
import type { Block, Values } from './block';
import { type Field, freshValue, type Kind } from './definition';
import { text } from './text';

/*
 * What one kind of block can become of another. Words are never lost: a block that holds what the other cannot is not
 * offered to become it. Whatever else goes, such as the tone of a callout, is said beside the offer.
 */

export type Conversion = { readonly kind: Kind; readonly block: Block; readonly lost: string | null };

type Turned = { readonly values: Values; readonly lost?: string };

/** What a heading is of when nothing else is said. */
const sectionLevel = 2;

const mostHeading = 160;
const mostQuestion = 300;
const mostPoints = 50;
const mostQuestions = 30;

const line = (value: unknown): string => (typeof value === 'string' ? value : '');
const textOf = (value: unknown): RichTextDocument => (isRichText(value) ? value : emptyText);
const itemsOf = (value: unknown): RichTextDocument[] => (Array.isArray(value) ? value.map(textOf) : []);
const textWith = (content: TextNode[]): RichTextDocument => ({ type: 'doc', v: 1, content });

const plain = (words: string): Inline[] => (words === '' ? [] : [{ type: 'text', text: words }]);
const paragraph = (content: Inline[]): TextNode => ({ type: 'paragraph', ...(content.length > 0 && { content }) });
const heading = (words: string): TextNode[] =>
  words.trim() === '' ? [] : [{ type: 'heading', attrs: { level: 3 }, content: plain(words) }];

/** Words without emphasis, links or anything else that only a text can hold; null where there is more. */
const onlyWords = (inlines: readonly Inline[] = []): string | null => {
  const words = inlines.map((inline) => (inline.type === 'text' && inline.marks === undefined ? inline.text : null));
  return words.includes(null) ? null : words.join('');
};

const asHeading = ({ body }: Values): Turned | null => {
  const { content } = textOf(body);
  const [node] = content;
  if (node === undefined) return { values: { text: '' } };
  if (content.length > 1 || (node.type !== 'paragraph' && node.type !== 'heading')) return null;
  const words = onlyWords(node.content);
  if (words === null || words.length > mostHeading) return null;
  return { values: { text: words, ...(node.type === 'heading' && { level: node.attrs.level }) } };
};

const asList = ({ body }: Values): Turned | null => {
  const { content } = textOf(body);
  const [list] = content;
  if (content.length !== 1 || (list?.type !== 'bulletList' && list?.type !== 'orderedList')) return null;
  if (list.content.length > mostPoints) return null;
  return {
    values: {
      style: list.type === 'orderedList' ? 'NUMBERED' : 'BULLETED',
      items: list.content.map((item) => textWith(item.content)),
    },
  };
};

const listAsText = (values: Values): Turned | null => {
  const items = itemsOf(values['items']);
  // A point of a list within a text begins with a paragraph.
  if (items.some(({ content }) => content.length > 0 && content[0]?.type !== 'paragraph')) return null;
  const content = items.map(
    (item): ListItem => ({ type: 'listItem', content: item.content.length === 0 ? [paragraph([])] : item.content }),
  );
  const type = values['style'] === 'NUMBERED' ? 'orderedList' : 'bulletList';
  const list: TextNode[] = content.length === 0 ? [] : [{ type, content }];
  return { values: { body: textWith([...heading(line(values['heading'])), ...list]) } };
};

/** Each point is a question that waits for its answer. */
const asQuestions = (values: Values): Turned | null => {
  const questions = itemsOf(values['items']).map(({ content }) => {
    const [node, ...more] = content;
    if (node === undefined) return '';
    return more.length === 0 && node.type === 'paragraph' ? onlyWords(node.content) : null;
  });
  if (questions.length > mostQuestions || questions.some((each) => each === null || each.length > mostQuestion))
    return null;
  return {
    values: { heading: line(values['heading']), questions: questions.map((question) => ({ question })) },
    ...(values['style'] === 'NUMBERED' && { lost: text.convert.numbers }),
  };
};

const calloutAsText = ({ heading: title, body, tone, sources }: Values): Turned | null => {
  // What a claim rests on has no place in a text.
  if (Array.isArray(sources) && sources.length > 0) return null;
  return {
    values: { body: textWith([...heading(line(title)), ...textOf(body).content]) },
    ...(tone !== 'NOTE' && { lost: text.convert.tone }),
  };
};

const quoteAsText = ({ text: words, attribution }: Values): Turned => {
  const said = line(words)
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) =>
      paragraph(
        part
          .split('\n')
          .flatMap((each, place) => [...(place > 0 ? [{ type: 'hardBreak' } as const] : []), ...plain(each)]),
      ),
    );
  const by = line(attribution).trim();
  return { values: { body: textWith([...said, ...(by === '' ? [] : [paragraph(plain(`– ${by}`))])]) } };
};

const ways: { readonly [from: string]: { readonly [to: string]: (values: Values) => Turned | null } } = {
  heading: {
    richText: ({ text: words, level }) => ({
      values: { body: line(words) === '' ? emptyText : textWith([paragraph(plain(line(words)))]) },
      ...(level !== sectionLevel && { lost: text.convert.level }),
    }),
  },
  richText: { heading: asHeading, list: asList, callout: ({ body }) => ({ values: { body } }) },
  list: { richText: listAsText, faq: asQuestions },
  callout: { richText: calloutAsText },
  quote: { richText: quoteAsText },
};

/** Fills in what a conversion says nothing of, as in a new block. */
const completed = (fields: readonly Field[], values: Values, empty: Values): Values =>
  Object.fromEntries(
    fields.map((field) => {
      const value = values[field.name];
      if (value === undefined) return [field.name, empty[field.name] ?? freshValue(field)];
      if (field.widget !== 'list' || !Array.isArray(value)) return [field.name, value];
      const { item } = field;
      return [field.name, item.widget === 'group' ? value.map((each) => completed(item.fields, each, {})) : value];
    }),
  );

/** What a block can become, in the order of the kinds. It keeps its key, so links to it still lead to it. */
export const conversionsOf = (block: Block, kinds: readonly Kind[]): Conversion[] =>
  kinds.flatMap((kind) => {
    const turned = ways[block.kind]?.[kind.kind]?.(block.values);
    if (turned === undefined || turned === null) return [];
    const values = completed(kind.fields, turned.values, kind.empty);
    return [{ kind, block: { key: block.key, kind: kind.kind, values }, lost: turned.lost ?? null }];
  });
