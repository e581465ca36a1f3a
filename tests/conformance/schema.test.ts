import {
  buildClientSchema,
  buildSchema,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  type IntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
  validateSchema,
} from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { ask, data, type Side, sdl, sides } from './support/endpoints.ts';

const consentText = 'A wording never changes and is never fetched again; its id is nobody else’s.';

/**
 * Types with an `id` that no `node(id)` fetches, each with the reason. Clients keep a record by its id, so that no two
 * types may share one.
 */
const notNodes: Record<Side, Record<string, string>> = {
  public: {
    ConsentText: consentText,
  },
  admin: {
    ConsentText: consentText,
    EntryChange: 'That something happened to a page or a therapy, under its id.',
    EntrySummary: 'A line of a list about a page or a therapy.',
    Fact: 'What the library keeps, read by its list.',
    LeadChange: 'That something happened to a lead, under its id.',
    LeadEvent: 'Something that happened, which is not kept.',
    LeadFilterPage: 'Named for a filter, under the id of its page.',
    LeadPlace: 'Read by its list, and with its lead.',
    LeadTask: 'Read with its lead, and by a list.',
    Redirect: 'Read by its list.',
    ReferralTarget: 'Read by its list.',
    RevealedReferral: 'In clear, and so only in the answer that reveals it.',
    SavedView: 'Read by its list.',
    Schedule: 'Read with its entry.',
    Target: 'What a link may lead to.',
    TrashedEntry: 'A line of the trash about a page or a therapy.',
    Use: 'Where something is used.',
    Webhook: 'Read by its list.',
    WebhookDelivery: 'Read with its webhook.',
  },
};

describe.each(sides)('The %s schema', (side) => {
  const described = buildSchema(sdl(side));
  let live: GraphQLSchema;

  beforeAll(async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
    });
    live = buildClientSchema(await data<IntrospectionQuery>(side, query));
  });

  test('is valid as it is checked in', () => {
    expect(validateSchema(described)).toEqual([]);
  });

  test('is valid as it is served', () => {
    expect(validateSchema(live)).toEqual([]);
  });

  test('is served as it is checked in', () => {
    // Which inputs are `@oneOf` has a question of its own, below.
    const wanted = printSchema(lexicographicSortSchema(described)).replaceAll(' @oneOf', '');
    expect(printSchema(lexicographicSortSchema(live))).toBe(wanted);
  });

  test('tells of which inputs exactly one field is given', async () => {
    const answer = await ask(side, '{ __schema { types { name isOneOf } } }');
    expect(answer.errors).toBeUndefined();
    const schema = answer.data?.['__schema'] as { types: { name: string; isOneOf: boolean | null }[] } | undefined;
    const told = schema?.types.filter(({ isOneOf }) => isOneOf === true).map(({ name }) => name);
    const written = Object.values(described.getTypeMap()).filter((type) => isInputObjectType(type) && type.isOneOf);
    expect(told?.sort()).toEqual(written.map(({ name }) => name).sort());
  });

  test('has every directive of the specification, with the places and arguments it says', () => {
    const served = Object.fromEntries(
      live
        .getDirectives()
        .map(({ name, args, locations }) => [
          name,
          `(${args.map((arg) => `${arg.name}: ${arg.type}`).join()}) on ${[...locations].sort().join(' | ')}`,
        ]),
    );
    expect(served).toEqual({
      deprecated: '(reason: String) on ARGUMENT_DEFINITION | ENUM_VALUE | FIELD_DEFINITION | INPUT_FIELD_DEFINITION',
      include: '(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT',
      oneOf: '() on INPUT_OBJECT',
      skip: '(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT',
      specifiedBy: '(url: String!) on SCALAR',
    });
  });

  test('describes everything in it', () => {
    expect(withoutDescription(live)).toEqual([]);
  });

  test('has the interface Node and the field that fetches one', () => {
    const node = live.getType('Node');
    if (!isInterfaceType(node)) throw new Error('There is no interface Node.');
    expect(signatures(node)).toEqual({ id: 'ID!' });
    expect(live.getPossibleTypes(node)).not.toEqual([]);

    const field = live.getQueryType()?.getFields()['node'];
    expect(field?.args.map((arg) => `${arg.name}: ${arg.type}`)).toEqual(['id: ID!']);
    expect(String(field?.type)).toBe('Node');
  });

  test('gives an id of its own to nodes only', () => {
    const others = objects(live)
      .filter((type) => type.getFields()['id'] !== undefined)
      .filter((type) => !type.getInterfaces().some(({ name }) => name === 'Node'));
    expect(others.map(({ name }) => name).sort()).toEqual(Object.keys(notNodes[side]).sort());
  });

  test('has PageInfo as Relay knows it', () => {
    const pageInfo = live.getType('PageInfo');
    if (!isObjectType(pageInfo)) throw new Error('There is no type PageInfo.');
    expect(signatures(pageInfo)).toEqual({
      hasNextPage: 'Boolean!',
      hasPreviousPage: 'Boolean!',
      startCursor: 'String',
      endCursor: 'String',
    });
  });

  // What is listed by the description is what is served, see above; tests are named before anything is asked.
  const connections = Object.values(described.getTypeMap()).filter(({ name }) => name.endsWith('Connection'));

  test('has connections', () => {
    expect(connections.length).toBeGreaterThanOrEqual(2);
  });

  test.for(connections.map(({ name }) => name))('%s is a connection as Relay knows it', (name) => {
    const connection = live.getType(name);
    if (!isObjectType(connection)) throw new Error(`${name} is no object.`);
    const { edges, pageInfo } = connection.getFields();

    const list = edges && getNullableType(edges.type);
    expect(isListType(list), `${name}.edges is a list`).toBe(true);
    const edge = edges && getNamedType(edges.type);
    if (!isObjectType(edge)) throw new Error(`${name}.edges are no objects.`);
    expect(edge.name).toBe(name.replace(/Connection$/, 'Edge'));
    expect(String(pageInfo?.type)).toBe('PageInfo!');

    const { node, cursor } = edge.getFields();
    expect(node, `${edge.name}.node`).toBeDefined();
    expect(node && isListType(getNullableType(node.type)), `${edge.name}.node is no list`).toBe(false);
    // A cursor is written as a string.
    expect(String(cursor && getNamedType(cursor.type))).toBe('String');
    expect(cursor && isLeafType(getNullableType(cursor.type))).toBe(true);
  });

  test('pages every field that is a connection forwards, from a cursor that may be left out', () => {
    const fields = objects(live).flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })),
    );
    const paged = fields.filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'));
    expect(paged).not.toEqual([]);
    for (const { name, field } of paged) {
      const argument = (wanted: string) => field.args.find((arg) => arg.name === wanted);
      expect(String(getNamedType(argument('first')?.type)), `${name}(first:)`).toBe('Int');
      expect(String(argument('after')?.type), `${name}(after:)`).toBe('String');
      // Nobody has to say how many.
      const first = argument('first');
      expect(isNonNullType(first?.type) && first?.defaultValue === undefined, `${name}(first:)`).toBe(false);
    }
  });
});

test('Every kind of node is fetched again by its id, which is nobody else’s', async () => {
  const named = '{ __typename id }';
  const answer = await data(
    'public',
    `{
      site { contactPoint ${named} shareImage ${named} locations { __typename id region ${named} } }
      therapies(first: 100) { nodes { __typename id regions ${named} sources ${named} } }
      route(path: "/ketamine-side-effects") {
        ... on Page {
          __typename id
          author ${named}
          reviewer ${named}
          blocks { ... on MediaBlock { media ${named} } }
        }
      }
    }`,
  );
  const types = new Map<string, string>();
  for (const { id, __typename } of nodes(answer)) {
    expect(types.get(id) ?? __typename, id).toBe(__typename);
    types.set(id, __typename);
  }

  const schema = buildSchema(sdl('public'));
  const node = schema.getType('Node');
  const kinds = isInterfaceType(node) ? schema.getPossibleTypes(node).map(({ name }) => name) : [];
  // No page of the demo content has moved, and its menus are read by their handles.
  const absent = ['Navigation', 'Redirect', 'Site'];
  expect([...new Set(types.values())].sort()).toEqual(kinds.filter((kind) => !absent.includes(kind)).sort());

  for (const [id, __typename] of types) {
    const again = await data('public', 'query ($id: ID!) { node(id: $id) { __typename id } }', { id });
    expect(again).toEqual({ node: { __typename, id } });
  }
});

test('A stranger is told nothing of the staff schema, in the words of the specification', async () => {
  const answer = await ask('admin', '{ __schema { queryType { name } } }', {}, (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('x-hillside', '1');
    return fetch(input, { ...init, headers });
  });
  expect(JSON.stringify(answer)).not.toContain('"Query"');
  // `__schema: __Schema!` is never null: without a schema there is an error.
  expect(answer.data?.['__schema']).toBeUndefined();
  expect(answer.errors).toHaveLength(1);
});

describe('What is found', () => {
  test('A missing description is found', () => {
    const schema = buildSchema(`
      type Query { "A field." here("An argument." a: E, b: I): E }
      "An enum." enum E { "A value." ONE TWO }
      "An input." input I { one: Int }
    `);
    expect(withoutDescription(schema)).toEqual(['E.TWO', 'I.one', 'Query', 'Query.here(b:)']);
  });
});

/** Everything in an answer that has an id. */
const nodes = (value: unknown): { __typename: string; id: string }[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(nodes);
  return 'id' in value ? [value as { __typename: string; id: string }, ...inside] : inside;
};

const objects = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !isIntrospectionType(type));

const signatures = (type: { getFields: () => Record<string, GraphQLField<unknown, unknown>> }) =>
  Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, String(field.type)]));

/** Every type, field, argument, input field and enum value without a description, sorted. */
const withoutDescription = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap((type) => [[type.name, type.description] as const, ...parts(type)])
    .filter(([, description]) => !description?.trim())
    .map(([name]) => name)
    .sort();

const parts = (type: GraphQLNamedType): (readonly [string, string | null | undefined])[] => {
  if (isEnumType(type))
    return type.getValues().map((value) => [`${type.name}.${value.name}`, value.description] as const);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field.description] as const);
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => [
    [`${type.name}.${field.name}`, field.description] as const,
    ...field.args.map((arg) => [`${type.name}.${field.name}(${arg.name}:)`, arg.description] as const),
  ]);
};
