import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  type FieldNode,
  type GraphQLObjectType,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { examples } from './examples';
import { filled, idsOf, idsQuery, placeholders } from './ids';

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../../api/schema/public.graphql'), 'utf8'));
const ids = idsOf({
  therapies: { nodes: [{ id: 'thr_1' }] },
  locations: { nodes: [{ id: 'loc_1' }] },
  leadForm: { consent: { id: 'cns_1' }, textConsent: { id: 'cns_2' } },
});

const operationsOf = (query: string) =>
  parse(query).definitions.filter((it): it is OperationDefinitionNode => it.kind === Kind.OPERATION_DEFINITION);
const rootsOf = (query: string) =>
  operationsOf(query).flatMap(({ operation, selectionSet }) =>
    selectionSet.selections
      .filter((it): it is FieldNode => it.kind === Kind.FIELD)
      .map((field) => `${operation} ${field.name.value}`),
  );

describe.each(examples)('the example "$title"', ({ query, variables = {} }) => {
  it('is a question the public schema answers', () => {
    expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
  });

  it('is one operation with a name, after a comment', () => {
    expect(operationsOf(query).map(({ name }) => name?.value)).toEqual([expect.any(String)]);
    expect(query).toMatch(/^(# \S.*\n)+#\n# For /);
    expect(query.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('brings the variables it asks by', () => {
    const [operation] = operationsOf(query);
    const given = filled(variables, ids);
    const asked = operation?.variableDefinitions ?? [];
    expect(getVariableValues(schema, asked, given).errors).toBeUndefined();
    expect(Object.keys(given).sort()).toEqual(asked.map(({ variable }) => variable.name.value).sort());
  });
});

test('every field at the root has an example, which asks for nothing beside it', () => {
  const roots = (type: GraphQLObjectType | null | undefined, operation: string) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `${operation} ${field}`);
  const all = [...roots(schema.getQueryType(), 'query'), ...roots(schema.getMutationType(), 'mutation')];
  const shown = examples.map(({ query }) => rootsOf(query));
  expect(shown.filter((fields) => fields.length !== 1)).toEqual([]);
  const missing = all.filter((field) => !shown.flat().includes(field));
  expect(missing, 'fields at the root that examples.ts has no example of').toEqual([]);
});

test('titles and names tell the examples apart', () => {
  const names = examples.map(({ query }) => operationsOf(query)[0]?.name?.value);
  expect(new Set(names).size).toBe(examples.length);
  expect(new Set(examples.map(({ title }) => title)).size).toBe(examples.length);
});

describe('ids', () => {
  it('are asked of the public schema', () => {
    expect(validate(schema, parse(idsQuery)).map(({ message }) => message)).toEqual([]);
  });

  it('come in the places of every placeholder', () => {
    const written = JSON.stringify(examples.map(({ variables = {} }) => variables));
    const used = written.match(/(?<=")@\w+(?=")/g) ?? [];
    expect([...new Set(used)].sort()).toEqual([...placeholders].sort());
    expect(JSON.stringify(examples.map(({ variables = {} }) => filled(variables, ids)))).not.toMatch(/"@\w/);
  });

  it('are left as they are where the server has none', () => {
    expect(filled({ id: '@therapy' }, idsOf(null))).toEqual({ id: '@therapy' });
    expect(filled({ id: '@therapy' }, idsOf({ therapies: { nodes: [] }, leadForm: null }))).toEqual({ id: '@therapy' });
  });

  it('make a new key each time', () => {
    const [one, another] = [filled({ key: '@new' }, {}), filled({ key: '@new' }, {})];
    expect(one['key']).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
    expect(one).not.toEqual(another);
  });
});
