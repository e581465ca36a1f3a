/*
 * The stored form of a rich text, as entity/src/rich_text.rs has it. The files in fixtures/ are read by both sides:
 * `valid-*` is accepted, `invalid-*` is not of this shape at all, `unfit-*` has the shape but breaks a rule.
 */

export type LinkTo =
  | { page: string }
  | { therapy: string }
  | { location: string }
  | { contactPoint: string }
  | { url: string }
  | { mailto: string };

export type Mark = { type: 'strong' } | { type: 'em' } | { type: 'link'; attrs: { to: LinkTo } };

export type Inline =
  | { type: 'text'; text: string; marks?: Mark[] }
  | { type: 'hardBreak' }
  | { type: 'phone'; attrs: { contactPoint: string } }
  | { type: 'person'; attrs: { person: string } };

export type ListItem = { type: 'listItem'; content: TextNode[] };

export type TextNode =
  | { type: 'paragraph'; content?: Inline[] }
  | { type: 'heading'; attrs: { level: 3 | 4 }; content?: Inline[] }
  | { type: 'bulletList'; content: ListItem[] }
  | { type: 'orderedList'; content: ListItem[] };

export type RichTextDocument = { type: 'doc'; v: 1; content: TextNode[] };

export const emptyText: RichTextDocument = { type: 'doc', v: 1, content: [] };

export const isRichText = (value: unknown): value is RichTextDocument =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  value.type === 'doc' &&
  'content' in value &&
  Array.isArray(value.content);

const prefixes = { page: 'pag', therapy: 'thr', location: 'loc', contactPoint: 'ctp' } as const;
const idPattern = (prefix: string) => new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`);

const isIdOf =
  (prefix: string) =>
  (value: unknown): value is string =>
    typeof value === 'string' && idPattern(prefix).test(value);

export const isContactPointId = isIdOf(prefixes.contactPoint);
export const isPersonId = isIdOf('per');

/** The link to a thing of ours, by its id; null for what no link leads to. */
export const linkToId = (id: string): LinkTo | null => {
  const kinds = Object.keys(prefixes) as (keyof typeof prefixes)[];
  const kind = kinds.find((each) => idPattern(prefixes[each]).test(id));
  return kind === undefined ? null : ({ [kind]: id } as LinkTo);
};

/** An https address with a host, tidied; null when it is none. */
export const webAddress = (text: string): string | null => {
  if (!/^https:\/\//i.test(text) || text.length > 2000) return null;
  const parsed = URL.parse?.(text) ?? tryUrl(text);
  const fits = parsed !== null && parsed.protocol === 'https:' && parsed.host !== '' && parsed.username === '';
  return fits ? parsed.href : null;
};

const tryUrl = (text: string): URL | null => {
  try {
    return new URL(text);
  } catch {
    return null;
  }
};

/** One e-mail address; null when it is none. */
export const mailAddress = (text: string): string | null => {
  const address = text.replace(/^mailto:/i, '');
  return /^[^\s@?&"<>%,;#:\\]+@[^\s@?&"<>%,;#:\\]+\.[^\s@?&"<>%,;#:\\]+$/.test(address) && address.length <= 254
    ? address
    : null;
};

export const isLinkTo = (value: unknown): value is LinkTo => {
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length !== 1 || only === undefined) return false;
  const [key, to] = only;
  if (typeof to !== 'string') return false;
  if (key === 'url') return webAddress(to) !== null;
  if (key === 'mailto') return mailAddress(to) === to;
  return key in prefixes && idPattern(prefixes[key as keyof typeof prefixes]).test(to);
};

/** The id a link names, or null where it leads outside. */
export const linkedId = (to: LinkTo): string | null => {
  if ('url' in to || 'mailto' in to) return null;
  return Object.values(to)[0] ?? null;
};

type Json = { type?: unknown; text?: unknown; attrs?: unknown; content?: unknown; marks?: unknown };

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const attrOf = (json: Json, name: string): unknown => (json.attrs as Record<string, unknown> | undefined)?.[name];

const markFrom = (json: Json): Mark[] => {
  if (json.type === 'strong' || json.type === 'em') return [{ type: json.type }];
  const to = attrOf(json, 'to');
  return json.type === 'link' && isLinkTo(to) ? [{ type: 'link', attrs: { to } }] : [];
};

const inlineFrom = (json: Json): Inline[] => {
  if (json.type === 'hardBreak') return [{ type: 'hardBreak' }];
  if (json.type === 'phone') return [{ type: 'phone', attrs: { contactPoint: String(attrOf(json, 'contactPoint')) } }];
  if (json.type === 'person') return [{ type: 'person', attrs: { person: String(attrOf(json, 'person')) } }];
  if (json.type !== 'text' || typeof json.text !== 'string' || json.text === '') return [];
  const marks = listOf(json.marks).flatMap(markFrom);
  return [marks.length === 0 ? { type: 'text', text: json.text } : { type: 'text', text: json.text, marks }];
};

const nodeFrom = (json: Json): TextNode[] => {
  const content = listOf(json.content);
  switch (json.type) {
    case 'paragraph':
    case 'heading': {
      const inlines = content.flatMap(inlineFrom);
      const words = inlines.length === 0 ? {} : { content: inlines };
      if (json.type === 'paragraph') return [{ type: 'paragraph', ...words }];
      return [{ type: 'heading', attrs: { level: attrOf(json, 'level') === 4 ? 4 : 3 }, ...words }];
    }
    case 'bulletList':
    case 'orderedList':
      return [
        {
          type: json.type,
          content: content.map((item) => ({ type: 'listItem', content: listOf(item.content).flatMap(nodeFrom) })),
        },
      ];
    default:
      return [];
  }
};

const isBlank = (node: TextNode) => node.type === 'paragraph' && node.content === undefined;

/** What is stored of the editor's document: nothing but what the contract names; a text without words is empty. */
export const toStored = (json: Json): RichTextDocument => {
  const content = listOf(json.content).flatMap(nodeFrom);
  return content.every(isBlank) ? emptyText : { type: 'doc', v: 1, content };
};

/** What stands for what holds no words of its own. */
const standIn = { hardBreak: ' ', phone: '☏', person: '@' };

const inlinesText = (inlines: Inline[] = []): string =>
  inlines.map((inline) => (inline.type === 'text' ? inline.text : standIn[inline.type])).join('');

export const wordsOf = (node: TextNode): string =>
  node.type === 'paragraph' || node.type === 'heading'
    ? inlinesText(node.content)
    : node.content.map((item) => item.content.map(wordsOf).join(' ')).join(' ');

/** The words alone, for summaries and comparisons. */
export const plainText = (document: RichTextDocument): string =>
  document.content.map(wordsOf).filter(Boolean).join(' ');
