import type { Client } from 'urql';
import type { Values } from '~/blocks/block';
import type { Problem } from '~/blocks/problems';
import { failureText } from '~/gql/client';
import type { FactKindInfo } from './kinds';
import { CreateFact, type Fact, type FactFields, UpdateFact } from './queries';

export type Written =
  | { kind: 'done'; fact: Fact }
  | { kind: 'stale' }
  | { kind: 'refused'; problems: Problem[] }
  | { kind: 'failed'; message: string };

type UserError = { code: string; message: string; path: string[] };

/** `["input", "fields", "contactPoint", "hours", "0"]` is the field `hours.0` of the form. */
export const problemsOf = (userErrors: readonly UserError[]): Problem[] =>
  userErrors.map(({ message, path }) => ({ severity: 'refused', message, path: path.slice(3) }));

/** Keeps a new fact, or writes one anew over the version that was read. */
export const writeFact = async (
  client: Client,
  { key }: FactKindInfo,
  values: Values,
  on: Pick<Fact, 'id' | 'version'> | null,
): Promise<Written> => {
  // The fields are drawn from the server's own schema, and it answers with the path of what is wrong.
  const fields = { [key]: values } as FactFields;
  const { error, payload } =
    on === null
      ? await client
          .mutation(CreateFact, { input: { fields } })
          .then(({ data, error }) => ({ error, payload: data?.createFact }))
      : await client
          .mutation(UpdateFact, { input: { id: on.id, version: on.version, fields } })
          .then(({ data, error }) => ({ error, payload: data?.updateFact }));
  if (error !== undefined) return { kind: 'failed', message: failureText(error) };
  if (payload?.fact != null) return { kind: 'done', fact: payload.fact };
  const userErrors = payload?.userErrors ?? [];
  if (userErrors.some(({ code }) => code === 'CONFLICT')) return { kind: 'stale' };
  return { kind: 'refused', problems: problemsOf(userErrors) };
};
