export type Values = Readonly<Record<string, unknown>>;

/** A block of a document: a kind, what is filled in, and a key that stays whatever happens around it. */
export type Block = { readonly key: string; readonly kind: string; readonly values: Values };

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Short, random and fit for an address: a deep link leads to it. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => letters[byte % letters.length]).join('');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{ quote: { key, text } }`, as revisions hold it. Null for what has no such shape. */
export const readBlock = (stored: unknown): Block | null => {
  if (!isObject(stored)) return null;
  const [entry, ...more] = Object.entries(stored);
  if (entry === undefined || more.length > 0 || !isObject(entry[1])) return null;
  const [kind, { key, ...values }] = entry;
  return { kind, key: typeof key === 'string' && key !== '' ? key : newKey(), values };
};

export const writeBlock = ({ kind, key, values }: Block) => ({ [kind]: { key, ...values } });
