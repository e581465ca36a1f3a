import { isRichText, plainText } from '~/richtext/contract';
import type { Block, Values } from './block';
import type { Field, Kind } from './definition';
import type { Run } from './selection';
import { text } from './text';

const longest = 140;
const short = 24;

/** The first words a field holds. */
export const wordsOf = (field: Field, value: unknown): string => {
  switch (field.widget) {
    case 'line':
    case 'text':
      return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
    case 'richText':
      return isRichText(value) ? plainText(value) : '';
    case 'list': {
      const items = Array.isArray(value) ? value : [];
      for (const item of items) {
        const found = wordsOf(field.item, item);
        if (found !== '') return found;
      }
      return '';
    }
    case 'group': {
      const values = (value ?? {}) as Values;
      return field.fields.map((inner) => wordsOf(inner, values[inner.name])).find((found) => found !== '') ?? '';
    }
    default:
      return '';
  }
};

const counted = (field: Field, value: unknown): string => {
  const many = field.widget === 'list' || field.widget === 'references';
  return many && Array.isArray(value) && value.length > 0 ? `${field.label}: ${value.length}` : '';
};

/** A block in one line: its first words, and the next ones where the first are few. Empty when there are none. */
export const summaryOf = (kind: Kind | undefined, values: Values): string => {
  const fields = kind?.fields ?? [];
  const texts = fields.map((field) => wordsOf(field, values[field.name])).filter((found) => found !== '');
  const [first, second] = texts;
  const found =
    first === undefined
      ? (fields.map((field) => counted(field, values[field.name])).find((count) => count !== '') ?? '')
      : first.length < short && second !== undefined
        ? `${first} · ${second}`
        : first;
  return found.length > longest ? `${found.slice(0, longest).trimEnd()}…` : found;
};

/** What a block is called wherever it is spoken of. */
export const blockName = (kinds: readonly Kind[], block: Block): string => {
  const kind = kinds.find((each) => each.kind === block.kind);
  return text.card.edit(kind?.title ?? block.kind, summaryOf(kind, block.values));
};

/** Several blocks are told by their number. */
export const runName = (kinds: readonly Kind[], blocks: readonly Block[], { from, count }: Run): string => {
  const first = blocks[from];
  return count === 1 && first !== undefined ? blockName(kinds, first) : text.selection.count(count);
};

/** Every word of a block, a line for each field: to be read or copied where no form is. */
export const allWords = (fields: readonly Field[], values: Values): string => {
  const lines = (field: Field, value: unknown): string[] => {
    switch (field.widget) {
      case 'list': {
        // A row of bare words, such as a table's, stays in one line.
        const { item } = field;
        const items = Array.isArray(value) ? value : [];
        return item.widget === 'line' ? [items.join('\t')] : items.flatMap((each) => lines(item, each));
      }
      case 'group':
        return field.fields.flatMap((inner) => lines(inner, ((value ?? {}) as Values)[inner.name]));
      default:
        return [wordsOf(field, value)];
    }
  };
  return fields
    .flatMap((field) => lines(field, values[field.name]))
    .filter((line) => line.trim() !== '')
    .join('\n');
};
