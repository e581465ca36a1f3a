import { emptyText } from '~/richtext/contract';
import type { TargetKind } from '~/ui/targets';
import { type Block, newKey, type Values } from './block';
import { starter } from './table/grid';

/*
 * A kind of block as the server defines it, read into what a form needs. Nothing here knows any particular kind: a new
 * one is drawn from its JSON Schema and the hints in it.
 */

export type Option = { value: string; label: string; help: string };

type Shape =
  | { widget: 'line' }
  | { widget: 'text' }
  | { widget: 'richText' }
  | { widget: 'switch' }
  | { widget: 'date' }
  | { widget: 'time' }
  | { widget: 'timeZone' }
  | { widget: 'number' }
  | { widget: 'key' }
  | { widget: 'media' }
  | { widget: 'form' }
  | { widget: 'block' }
  | { widget: 'unknown' }
  | { widget: 'integer'; min: number | null; max: number | null }
  | { widget: 'select'; options: Option[] }
  | { widget: 'choices'; options: Option[] }
  | { widget: 'link'; targets: TargetKind[] }
  | { widget: 'reference'; targets: TargetKind[] }
  | { widget: 'references'; targets: TargetKind[] }
  | { widget: 'group'; fields: Field[] }
  | { widget: 'list'; item: Field };

export type Field = Shape & {
  name: string;
  label: string;
  help: string;
  /** Null stands for nothing chosen or filled in. */
  nullable: boolean;
  /** What the schema says it begins with; undefined where it says nothing. */
  initial: unknown;
};

export type FieldOf<Widget extends Field['widget']> = Extract<Field, { widget: Widget }>;

export type Kind = {
  kind: string;
  title: string;
  description: string;
  icon: string;
  /** It means something on its page only, so the library cannot keep it for others. */
  belongsToItsPage: boolean;
  /** A form of its own instead of one field under the other. */
  layout: 'table' | 'fields';
  fields: Field[];
  empty: Values;
};

type Schema = { [keyword: string]: unknown };

const schemaOf = (value: unknown): Schema => (typeof value === 'object' && value !== null ? (value as Schema) : {});
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** `contactPoint` and `CONTACT_POINT` as a person reads them: “Contact point”. */
export const humanName = (name: string): string => {
  const words = (/[a-z]/.test(name) ? name.replace(/([A-Z])/g, ' $1') : name.replaceAll('_', ' ')).toLowerCase().trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const targetKinds = (reference: unknown): TargetKind[] =>
  textOf(reference)
    .split(/[\s,|]+/)
    .filter(Boolean)
    .map((name) => name.replace(/([A-Z])/g, '_$1').toUpperCase() as TargetKind);

/** An optional value is `anyOf` with null, or a list of types with null in it. */
const withoutNull = (schema: Schema): { schema: Schema; nullable: boolean } => {
  const types = listOf(schema['type']);
  if (types.includes('null')) {
    return { schema: { ...schema, type: types.find((type) => type !== 'null') }, nullable: true };
  }
  const choices = listOf(schema['anyOf']).map(schemaOf);
  const real = choices.filter((choice) => choice['type'] !== 'null');
  const [only] = real;
  if (only !== undefined && real.length === 1 && choices.length === 2) {
    return { schema: { ...only, ...schema, anyOf: undefined, type: only['type'] }, nullable: true };
  }
  return { schema, nullable: false };
};

const optionsOf = (schema: Schema): Option[] => {
  const named = listOf(schema['oneOf'])
    .map(schemaOf)
    .filter((choice) => typeof choice['const'] === 'string')
    .map((choice) => ({
      value: textOf(choice['const']),
      label: textOf(choice['title']) || humanName(textOf(choice['const'])),
      help: textOf(choice['description']),
    }));
  const bare = listOf(schema['enum'])
    .filter((value) => typeof value === 'string')
    .map((value) => ({ value, label: humanName(value), help: '' }));
  return [...named, ...bare];
};

const widgetByType: { [type: string]: Field['widget'] } = {
  string: 'line',
  integer: 'integer',
  number: 'number',
  boolean: 'switch',
  array: 'list',
  object: 'group',
};

const shapeOf = (schema: Schema): Shape => {
  const options = optionsOf(schema);
  const hint = textOf(schema['x-widget']);
  const guess = options.length > 0 ? 'select' : (widgetByType[textOf(schema['type'])] ?? 'unknown');
  const widget = hint === '' || hint === 'enum' ? guess : hint;
  switch (widget) {
    case 'line':
    case 'text':
    case 'richText':
    case 'switch':
    case 'date':
    case 'time':
    case 'timeZone':
    case 'number':
    case 'block':
    case 'key':
    case 'media':
    case 'form':
      return { widget };
    case 'integer':
      return { widget, min: numberOf(schema['minimum']), max: numberOf(schema['maximum']) };
    case 'select':
      return { widget, options };
    case 'choices':
      return { widget, options: optionsOf(schemaOf(schema['items'])) };
    case 'link':
    case 'reference':
    case 'references':
      return { widget, targets: targetKinds(schema['x-reference']) };
    case 'list':
      return { widget, item: fieldOf('', schemaOf(schema['items'])) };
    case 'group':
      return { widget, fields: fieldsOf(schema) };
    default:
      return { widget: 'unknown' };
  }
};

const fieldOf = (name: string, raw: Schema): Field => {
  const { schema, nullable } = withoutNull(raw);
  return {
    ...shapeOf(schema),
    name,
    label: textOf(schema['title']) || humanName(name),
    // Doc comments mark code with backticks, which mean nothing to a reader.
    help: textOf(schema['description']).replace(/`([^`]*)`/g, '“$1”'),
    nullable,
    initial: schema['default'],
  };
};

/**
 * JSON objects carry no order, so a form needs one: `x-order` where the schema names it, else the heading, what is
 * required in the order of its definition, and the rest.
 */
const inOrder = (schema: Schema, names: string[]): string[] => {
  const order = listOf(schema['x-order']).map(textOf);
  const required = listOf(schema['required']).map(textOf);
  const rank = (name: string) => {
    if (order.includes(name)) return order.indexOf(name);
    if (name === 'heading') return 1000;
    return required.includes(name) ? 2000 + required.indexOf(name) : 3000;
  };
  return names.toSorted((a, b) => rank(a) - rank(b));
};

const fieldsOf = (schema: Schema): Field[] => {
  const properties = schemaOf(schema['properties']);
  return inOrder(schema, Object.keys(properties)).map((name) => fieldOf(name, schemaOf(properties[name])));
};

export const readKind = (raw: {
  kind: string;
  title: string;
  description: string;
  icon: string;
  belongsToItsPage?: boolean;
  schema: unknown;
  empty: unknown;
}): Kind => {
  const schema = schemaOf(raw.schema);
  return {
    kind: raw.kind,
    title: raw.title,
    description: raw.description,
    icon: raw.icon,
    belongsToItsPage: raw.belongsToItsPage ?? false,
    layout: schema['x-widget'] === 'table' ? 'table' : 'fields',
    fields: fieldsOf(schema),
    empty: schemaOf(raw.empty),
  };
};

/** As a date field holds it, where the reader is. */
const today = (): string => new Date().toLocaleDateString('sv');

/** What a field holds before anybody filled it in. */
export const freshValue = (field: Field): unknown => {
  if (field.initial !== undefined) return field.initial;
  if (field.nullable) return null;
  switch (field.widget) {
    case 'line':
    case 'text':
    case 'time':
    case 'timeZone':
    case 'form':
      return '';
    case 'date':
      return today();
    case 'key':
      return newKey();
    case 'richText':
      return emptyText;
    case 'switch':
      return false;
    case 'integer':
      return field.min ?? 0;
    case 'number':
      return 0;
    case 'select':
      return field.options[0]?.value ?? '';
    case 'list':
    case 'choices':
    case 'references':
      return [];
    case 'group':
      return Object.fromEntries(field.fields.map((inner) => [inner.name, freshValue(inner)]));
    case 'reference':
    case 'link':
    case 'media':
    case 'block':
    case 'unknown':
      return null;
  }
};

/** A block of a kind before anybody wrote in it. */
export const freshBlock = ({ kind, layout, empty }: Kind): Block => ({
  key: newKey(),
  kind,
  values: layout === 'table' ? { ...empty, ...starter } : empty,
});

/** The one text that is all there is of a kind, so that its block is nothing but writing. */
export const onlyText = (kind: Kind): FieldOf<'richText'> | null => {
  const [field, ...more] = kind.fields;
  return field?.widget === 'richText' && more.length === 0 && kind.layout === 'fields' ? field : null;
};
