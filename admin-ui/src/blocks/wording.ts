import type { Field, Kind } from './definition';
import type { Path } from './path';

const isPlace = (part: string | number): boolean => /^\d+$/.test(String(part));

/** The fields of what a field holds. */
const within = (field: Field): readonly Field[] => {
  if (field.widget === 'group') return field.fields;
  return field.widget === 'list' ? within(field.item) : [];
};

/**
 * What the server says of a field, in the words of the form: “the field “contact point”” becomes “Telephone”, as it is
 * labelled, and “number 2” says of which list.
 */
export const inFormWords = (message: string, kind: Kind | undefined, path: Path): string => {
  let fields: readonly Field[] = kind?.fields ?? [];
  let named: Field | undefined;
  for (const part of path) {
    if (isPlace(part)) continue;
    const field = fields.find(({ name }) => name === part);
    if (field === undefined) return message;
    named = field;
    fields = within(field);
  }
  if (named === undefined) return message;
  const label = `“${named.label}”`;
  const last = path.at(-1) ?? '';
  if (isPlace(last))
    return message.replace(new RegExp(`number ${Number(last) + 1}\\b`), (number) => `${number} of ${label}`);
  return message.replace(/the field “[^”]*”/, () => label);
};
