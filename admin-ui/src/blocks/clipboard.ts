import { isRichText, toStored } from '~/richtext/contract';
import { type Block, newKey, readBlock, type Values, writeBlock } from './block';
import { type Field, freshValue, type Kind } from './definition';
import { allWords } from './summary';
import { toGrid } from './table/grid';
import { text } from './text';

/*
 * Blocks on the clipboard: JSON in an attribute of the HTML, for another document here, inside words that any other
 * program can take. What comes back may be from an older Hillside or from anywhere: it is read as a stranger's.
 */

const marker = 'data-hillside-blocks';
const version = 1;
const longest = 4_000_000;

/** A table's rows keep their cells apart by tabs, as spreadsheets do. */
const linesOf = (kind: Kind, values: Values): string[] => {
  if (kind.layout !== 'table') return allWords(kind.fields, values).split('\n');
  const others = kind.fields.filter(({ widget }) => widget !== 'list');
  return [...allWords(others, values).split('\n'), ...toGrid(values).map((row) => row.join('\t'))];
};

export const writeClipboard = (blocks: readonly Block[], kinds: readonly Kind[]): { html: string; text: string } => {
  const told = blocks.map((block) => {
    const kind = kinds.find((each) => each.kind === block.kind);
    return kind === undefined ? [] : linesOf(kind, block.values).filter((line) => line !== '');
  });
  const frame = document.createElement('div');
  frame.setAttribute(marker, JSON.stringify({ v: version, blocks: blocks.map(writeBlock) }));
  for (const line of told.flat()) {
    const paragraph = document.createElement('p');
    paragraph.textContent = line;
    frame.append(paragraph);
  }
  return { html: frame.outerHTML, text: told.map((lines) => lines.join('\n')).join('\n\n') };
};

export type Clipboard = { kind: 'blocks'; blocks: Block[] } | { kind: 'refused'; message: string };

/** A reason not to take something, as a person reads it. */
class Refusal extends Error {}

/** The blocks in some HTML, with keys of their own; null when it holds none. */
export const readClipboard = (html: string, kinds: readonly Kind[]): Clipboard | null => {
  if (!html.includes(marker)) return null;
  const held = new DOMParser().parseFromString(html, 'text/html').querySelector(`[${marker}]`)?.getAttribute(marker);
  if (held === null || held === undefined) return null;
  try {
    if (held.length > longest) throw new Refusal(text.clipboard.tooLong);
    return { kind: 'blocks', blocks: readBlocks(JSON.parse(held), kinds) };
  } catch (cause) {
    return { kind: 'refused', message: cause instanceof Refusal ? cause.message : text.clipboard.broken };
  }
};

const readBlocks = (json: unknown, kinds: readonly Kind[]): Block[] => {
  const { v, blocks } = (json ?? {}) as { v?: unknown; blocks?: unknown };
  if (v !== version) throw new Refusal(text.clipboard.otherVersion);
  if (!Array.isArray(blocks) || blocks.length === 0) throw new Refusal(text.clipboard.broken);
  return blocks.map((stored) => {
    const block = readBlock(stored);
    if (block === null) throw new Refusal(text.clipboard.broken);
    const kind = kinds.find((each) => each.kind === block.kind);
    if (kind === undefined) throw new Refusal(text.clipboard.unknownKind(block.kind));
    const values = readFields(kind.fields, block.values, kind.title, kind.empty);
    return { key: newKey(), kind: kind.kind, values };
  });
};

const readFields = (fields: readonly Field[], value: unknown, title: string, empty: Values): Values => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(text.clipboard.unfit(title));
  const values = value as Values;
  const stranger = Object.keys(values).find((name) => !fields.some((field) => field.name === name));
  if (stranger !== undefined) throw new Refusal(text.clipboard.unknownField(title, stranger));
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      Object.hasOwn(values, field.name)
        ? readField(field, values[field.name], title)
        : (empty[field.name] ?? freshValue(field)),
    ]),
  );
};

const readField = (field: Field, value: unknown, title: string): unknown => {
  const where = field.label === '' ? title : `${title}: ${field.label}`;
  const fit = (fits: boolean): unknown => {
    if (!fits) throw new Refusal(text.clipboard.unfit(where));
    return value;
  };
  if (value === null && field.nullable) return null;
  switch (field.widget) {
    case 'line':
    case 'text':
    case 'date':
    case 'time':
    case 'timeZone':
    case 'reference':
    case 'form':
    case 'media':
      return fit(typeof value === 'string');
    case 'switch':
      return fit(typeof value === 'boolean');
    case 'number':
      return fit(Number.isFinite(value));
    case 'integer':
      return fit(Number.isInteger(value));
    case 'select':
      return fit(field.options.some((option) => option.value === value));
    case 'choices':
    case 'references':
      return fit(Array.isArray(value) && value.every((id) => typeof id === 'string'));
    case 'key':
      return newKey();
    case 'richText':
      fit(isRichText(value) && isWhole(value));
      return toStored(value as object);
    case 'list':
      fit(Array.isArray(value));
      return (value as unknown[]).map((item) => readField(field.item, item, where));
    case 'group':
      return readFields(field.fields, value, where, {});
    case 'link':
    case 'block':
      return fit(typeof value === 'object' && value !== null);
    case 'unknown':
      return value;
  }
};

/** Whether a text holds nothing but what texts may hold here, so that nothing of it is dropped on the way. */
const isWhole = (value: object): boolean => {
  const kept = toStored(value);
  if (kept.content.length === 0) return typesIn(value).every((type) => type === 'doc' || type === 'paragraph');
  return typesIn(value).join() === typesIn(kept).join() && (kept as { v: unknown }).v === (value as { v?: unknown }).v;
};

/** The nodes and marks of a text by name, in order, and the words between. */
const typesIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(typesIn);
  const { type, text: words, content, marks } = value as Record<string, unknown>;
  return [`${type}${typeof words === 'string' ? `:${words}` : ''}`, ...typesIn(marks), ...typesIn(content)];
};
