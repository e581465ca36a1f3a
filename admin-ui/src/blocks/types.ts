/** A block as it is stored and sent: its kind's key, and the fields below it. `{ quote: { key: 'k1', text: '…' } }` */
export type StoredBlock = { [kind: string]: BlockFields };

export type BlockFields = { key: string; [field: string]: unknown };

/** The hints of a field's JSON Schema that the form is drawn from; `docs/recipes.md` lists the widgets. */
export type FieldSchema = {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  oneOf?: FieldSchema[];
  anyOf?: FieldSchema[];
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  'x-widget'?: string;
  'x-reference'?: string;
};

/** A kind of block as the server defines it: enough to offer it, draw its form and begin a new one. */
export type BlockKind = {
  kind: string;
  title: string;
  description: string;
  icon: string;
  schema: FieldSchema;
  /** A fresh one, without its key. */
  empty: Record<string, unknown>;
};

/** Something to mend, its path beginning at the block's fields: `['items', '2', 'answer']`. */
export type BlockProblem = { key: string; path: string[]; message: string; severity: 'blocks' | 'warns' };

export const kindOf = (block: StoredBlock): string => Object.keys(block)[0] ?? '';

export const fieldsOf = (block: StoredBlock): BlockFields => block[kindOf(block)] ?? { key: '' };

export const keyOf = (block: StoredBlock): string => fieldsOf(block).key;
