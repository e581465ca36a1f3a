import {
  type Extensions,
  getSchema,
  type InputRule,
  Mark,
  mergeAttributes,
  Node,
  wrappingInputRule,
} from '@tiptap/core';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Heading } from '@tiptap/extension-heading';
import { Italic } from '@tiptap/extension-italic';
import { BulletList, ListItem, ListKeymap } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { Node as ProseMirrorNode, type Schema } from '@tiptap/pm/model';
import {
  emptyText,
  isContactPointId,
  isLinkTo,
  isPersonId,
  type LinkTo,
  mailAddress,
  type RichTextDocument,
  toStored,
  webAddress,
} from './contract';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    strictOrderedList: { toggleNumbers: () => ReturnType };
    link: { setLink: (to: LinkTo) => ReturnType; unsetLink: () => ReturnType };
  }
}

/** Where an `a` leads, as far as a text may link there. */
export const linkedTo = (element: Element): LinkTo | null => {
  const ours = element.getAttribute('data-to');
  if (ours !== null) {
    try {
      const to: unknown = JSON.parse(ours);
      return isLinkTo(to) ? to : null;
    } catch {
      return null;
    }
  }
  const href = element.getAttribute('href') ?? '';
  if (/^mailto:/i.test(href)) {
    // What follows is a subject or more addresses, which a text does not keep.
    const mailto = mailAddress(href.replace(/\?.*$/, ''));
    return mailto === null ? null : { mailto };
  }
  const url = webAddress(href);
  return url === null ? null : { url };
};

const refuse = (what: string) => {
  throw new RangeError(what);
};

/** A link names a thing by id or an address outside. Drawn with its target in `data-to`, so that copying keeps the id. */
export const Link = Mark.create({
  name: 'link',
  priority: 1000,
  inclusive: false,
  addAttributes() {
    return {
      to: {
        isRequired: true,
        validate: (to: unknown) => {
          if (!isLinkTo(to)) refuse('a link without a target');
        },
      },
    };
  },
  parseHTML() {
    return [
      {
        tag: 'a',
        getAttrs: (element) => {
          const to = linkedTo(element);
          return to === null ? false : { to };
        },
      },
    ];
  },
  renderHTML({ mark }) {
    return ['a', { 'data-to': JSON.stringify(mark.attrs['to']) }, 0];
  },
  addCommands() {
    return {
      setLink:
        (to) =>
        ({ chain }) =>
          chain().extendMarkRange(this.name).setMark(this.name, { to }).run(),
      unsetLink:
        () =>
        ({ chain }) =>
          chain().unsetMark(this.name, { extendEmptyMarkRange: true }).run(),
    };
  },
});

/** Within a line, what the library calls something: kept by id, drawn by whoever knows the name. */
const named = <Name extends 'phone' | 'person'>(name: Name, attr: string, isId: (id: unknown) => id is string) =>
  Node.create({
    name,
    group: 'inline',
    inline: true,
    atom: true,
    marks: '',
    addAttributes() {
      return {
        [attr]: {
          isRequired: true,
          parseHTML: (element) => element.getAttribute(`data-${name}`),
          renderHTML: (attrs) => ({ [`data-${name}`]: attrs[attr] }),
          validate: (id: unknown) => {
            if (!isId(id)) refuse(`a ${name} without an id`);
          },
        },
      };
    },
    parseHTML() {
      return [
        {
          tag: `span[data-${name}]`,
          getAttrs: (element) => (isId(element.getAttribute(`data-${name}`)) ? null : false),
        },
      ];
    },
    renderHTML({ HTMLAttributes }) {
      return ['span', mergeAttributes(HTMLAttributes)];
    },
  });

/** A contact point's number. */
export const Phone = named('phone', 'contactPoint', isContactPointId);

/** Somebody's name with credentials. */
export const Person = named('person', 'person', isPersonId);

/** Numbers from one upwards; where a list starts and how it counts is not the editor's to choose. */
const OrderedList = Node.create({
  name: 'orderedList',
  group: 'block list',
  content: 'listItem+',
  parseHTML() {
    return [{ tag: 'ol' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['ol', mergeAttributes(HTMLAttributes), 0];
  },
  addCommands() {
    return {
      toggleNumbers:
        () =>
        ({ commands }) =>
          commands.toggleList(this.name, 'listItem'),
    };
  },
  addInputRules(): InputRule[] {
    return [wrappingInputRule({ find: /^1\.\s$/, type: this.type })];
  },
});

const headingLevels = [3, 4] as const;

/** Pasted headings of any level become the nearest of ours. */
const TextHeading = Heading.extend({
  parseHTML() {
    return [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level <= 3 ? 3 : 4 } }));
  },
}).configure({ levels: [...headingLevels] });

/** Everything a text can hold; what is pasted beyond it is dropped by the schema itself. */
export const extensions = ({ phone = Phone, person = Person } = {}): Extensions => [
  Document,
  Paragraph,
  Text,
  TextHeading,
  HardBreak.configure({ keepMarks: false }),
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  Bold.extend({ name: 'strong' }),
  Italic.extend({ name: 'em' }),
  Link,
  phone,
  person,
];

let schema: Schema | undefined;
export const richTextSchema = (): Schema => {
  schema ??= getSchema(extensions());
  return schema;
};

/** The editor's document for a stored text. */
export const toEditor = ({ content }: RichTextDocument) => ({
  type: 'doc',
  content: content.length === 0 ? [{ type: 'paragraph' }] : content,
});

type Plain = { [key: string]: unknown };

/** Empty lists left out and marks in one order, so that two ways of writing the same text compare as equal. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const out: Plain = {};
  for (const [key, inner] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if ((key === 'marks' || key === 'content') && Array.isArray(inner) && inner.length === 0) continue;
    out[key] = canonical(inner);
  }
  const marks = out['marks'];
  if (Array.isArray(marks)) out['marks'] = marks.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return out;
};

const same = (a: unknown, b: unknown) => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));

/**
 * Whether the editor can show all of a stored value and give back exactly the same. What it cannot is shown, not
 * edited, so nothing is lost by opening it.
 */
export const canEdit = (value: unknown): value is RichTextDocument => {
  if (same(value, emptyText)) return true;
  const document = value as Partial<RichTextDocument> | null;
  if (document?.type !== 'doc' || document.v !== 1 || !Array.isArray(document.content)) return false;
  if (Object.keys(document).length !== 3) return false;
  try {
    const node = ProseMirrorNode.fromJSON(richTextSchema(), toEditor(document as RichTextDocument));
    node.check();
    return same(rawStored(node.toJSON()), document);
  } catch {
    return false;
  }
};

/** As `toStored`, but blank paragraphs count: two empty lines are not the same text as none. */
const rawStored = (json: { content?: unknown }) => {
  const stored = toStored(json);
  return stored === emptyText && Array.isArray(json.content) ? { type: 'doc', v: 1, content: json.content } : stored;
};
