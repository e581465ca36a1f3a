import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  concatAST,
  type DocumentNode,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  Kind,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { describe, expect, inject, test } from 'vitest';
import { data, sdl } from './support/endpoints.ts';
import { folder, run } from './support/setup.ts';

const schema = buildSchema(sdl('public'));
const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');
const block = schema.getType('Block');
const blocks = isInterfaceType(block) ? schema.getPossibleTypes(block) : [];
const files = readdirSync(join(folder, 'documents')).filter((name) => name.endsWith('.graphql'));
const everything = concatAST(files.map((name) => parse(read('documents', name))));

describe('Documents of a front end', () => {
  test('are valid together', () => {
    expect(validate(schema, everything)).toEqual([]);
  });

  test('draw kinds of blocks by their type, and fall back on HTML for those that come later', () => {
    const asked = asks(everything);
    expect(blocks.filter(({ name }) => asked.narrowed.has(name)).length).toBeGreaterThan(10);
    expect(asked.fields).toContain('Block.html');
  });

  // Written from the schema, so that a new kind is nobody's chore: a field name has one type over all kinds.
  test('can ask for all fields of every kind of block side by side', async () => {
    const fragments = blocks.map((kind) => `... on ${kind.name} { ${selection(kind, 3)} }`);
    const query = `query ($path: String!) {
      route(path: $path) { ... on Page { blocks { __typename ${fragments.join(' ')} } } }
    }`;
    expect(validate(schema, parse(query))).toEqual([]);
    await data('public', query, { path: '/ketamine-side-effects' });
  });

  test('follow every kind of link and of thing at a path', () => {
    const asked = asks(everything);
    for (const name of ['LinkTarget', 'Route']) {
      const union = schema.getType(name);
      if (!isUnionType(union)) throw new Error(`There is no union ${name}.`);
      const members = union.getTypes().map((type) => type.name);
      expect(members.filter((member) => !asked.narrowed.has(member))).toEqual([]);
    }
  });

  test('share fragments on a type, on a union and on an interface', () => {
    const on = everything.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [definition.typeCondition.name.value] : [],
    );
    expect(on).toEqual(expect.arrayContaining(['Page', 'LinkTarget', 'Block', 'Node']));
  });

  test('A field that is not there is found', () => {
    const [error] = validate(schema, parse('{ site { slogan } }'));
    expect(error?.message).toMatch(/Cannot query field "slogan" on type "Site"/);
  });
});

describe('GraphQL Code Generator', () => {
  const codegen = inject('codegen');

  test('writes its client preset', () => {
    expect(codegen.ok, codegen.said).toBe(true);
  });

  test('lists every operation as a persisted document by its SHA-256', () => {
    const documents = JSON.parse(read('generated/codegen/persisted-documents.json')) as Record<string, string>;
    const operations = everything.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    expect(Object.keys(documents)).toHaveLength(operations.length);
    for (const [hash, text] of Object.entries(documents)) {
      expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
      expect(validate(schema, parse(text))).toEqual([]);
    }
  });
});

describe("Relay's compiler", () => {
  const relay = inject('relay');

  test('compiles fragments, a connection, and a fragment that is fetched again', () => {
    expect(relay.ok, relay.said).toBe(true);
  });

  test('pages and fetches again through the root fields it expects', () => {
    expect(read('generated/relay/TherapyListPaginationQuery.graphql.ts')).toContain('first: $count, after: $cursor');
    expect(read('generated/relay/TherapyItemRefetchQuery.graphql.ts')).toContain('node(id: $id)');
  });
});

// The clients of clients.test.ts are typed by what was generated; lines that must not compile say so there.
test('What was generated compiles under strict TypeScript, and so does its use', { timeout: 120_000 }, async () => {
  const { ok, said } = await run('tsc', '--noEmit');
  expect(ok, said).toBe(true);
});

/** The fields of a type that need no argument, and theirs, `depth` levels of them. */
const selection = (type: GraphQLObjectType, depth: number): string =>
  Object.values(type.getFields())
    .filter(({ args }) => !args.some(isRequiredArgument))
    // A body stands within no other: what it leads to is asked for by its own path.
    .filter(({ name }) => !(name === 'blocks' && type.getInterfaces().some((of) => of.name === 'Content')))
    .map((field) => {
      const of = getNamedType(field.type);
      if (isLeafType(of)) return field.name;
      if (!isObjectType(of) || depth === 1) return `${field.name} { __typename }`;
      return `${field.name} { ${selection(of, depth - 1)} }`;
    })
    .join(' ');

/** Which fields a document asks for, as `Type.field`, and to which types its fragments narrow. */
const asks = (document: DocumentNode): { fields: Set<string>; narrowed: Set<string> } => {
  const fields = new Set<string>();
  const narrowed = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        fields.add(`${types.getParentType()?.name}.${name.value}`);
      },
      InlineFragment: ({ typeCondition }) => {
        if (typeCondition) narrowed.add(typeCondition.name.value);
      },
      FragmentDefinition: ({ typeCondition }) => {
        narrowed.add(typeCondition.name.value);
      },
    }),
  );
  return { fields, narrowed };
};
