import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client/core';
import { relayStylePagination } from '@apollo/client/utilities';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { Client, type ClientOptions, cacheExchange as documentCache, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import {
  buildSchema,
  type IntrospectionQuery,
  introspectionFromSchema,
  isAbstractType,
  isObjectType,
  parse,
  print,
} from 'graphql';
import {
  ConnectionHandler,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  type GraphQLResponse,
  Network,
  RecordSource,
  Store,
} from 'relay-runtime';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import {
  AnyBlockFragmentDoc,
  AnythingDocument,
  LeadFormDocument,
  PageByPathDocument,
  SubmitLeadDocument,
  TherapiesDocument,
  type TherapiesQuery,
  TherapyBySlugDocument,
  TherapyCardFragmentDoc,
  WordingFragmentDoc,
} from './generated/codegen/graphql.ts';
import { type FragmentType, readFragment } from './generated/codegen/index.ts';
import TherapyItemRefetchQuery, {
  type TherapyItemRefetchQuery as TherapyItemRefetch,
} from './generated/relay/TherapyItemRefetchQuery.graphql.ts';
import TherapyListPaginationQuery, {
  type TherapyListPaginationQuery as TherapyListPagination,
} from './generated/relay/TherapyListPaginationQuery.graphql.ts';
import TherapyListQuery, { type TherapyListQuery as TherapyList } from './generated/relay/TherapyListQuery.graphql.ts';
import { address, data, sdl } from './support/endpoints.ts';

const path = '/ketamine-side-effects';
const schema = buildSchema(sdl('public'));

/** Fetches, and keeps what was sent. */
const counted = () => {
  const sent: { method: string; url: string }[] = [];
  const fetchFn: typeof fetch = (input, init) => {
    sent.push({ method: init?.method ?? 'GET', url: String(input) });
    return fetch(input, init);
  };
  return { sent, fetchFn };
};

/** The slugs of every therapy, asked at once and without a client. */
const slugs = async (): Promise<string[]> => {
  const { therapies } = await data<{ therapies: { nodes: { slug: string }[] } }>(
    'public',
    '{ therapies(first: 100) { nodes { slug } } }',
  );
  expect(therapies.nodes.length, 'more than two pages of two').toBeGreaterThan(4);
  return therapies.nodes.map(({ slug }) => slug);
};

const slugsOf = (list: TherapiesQuery['therapies'] | null | undefined): string[] =>
  list?.edges.map(({ node }) => readFragment(TherapyCardFragmentDoc, node).slug) ?? [];

// Clients complain on the console about data they cannot keep.
let complaints: MockInstance[] = [];

beforeEach(() => {
  complaints = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
});

afterEach(() => {
  const said = complaints.flatMap(({ mock }) => mock.calls);
  vi.restoreAllMocks();
  expect(said).toEqual([]);
});

test('The types know what is there, and what may be missing', () => {
  // Never called: it is here to be compiled.
  const use = (list: TherapiesQuery, block: FragmentType<typeof AnyBlockFragmentDoc>) => {
    // @ts-expect-error A list at the root may be null.
    list.therapies.edges;
    // @ts-expect-error There is no such field.
    list.therapies?.count;
    const any = readFragment(AnyBlockFragmentDoc, block);
    // @ts-expect-error Not every kind of block has a heading.
    any.heading;
    return any.__typename === 'QuoteBlock' ? any.attribution : any.html;
  };
  expect(use).toBeTypeOf('function');
});

describe('Without a client', () => {
  test.for<[string, TypedDocumentNode<unknown, never>, Record<string, unknown>]>([
    ['a page', PageByPathDocument, { path }],
    ['a therapy at its path', PageByPathDocument, { path: '/therapies/group-therapy' }],
    ['a path with nothing', PageByPathDocument, { path: '/nothing-here' }],
    ['therapies', TherapiesDocument, { first: 2, withSources: true }],
    ['therapies of a region', TherapiesDocument, { filter: { region: 'massachusetts' } }],
    ['a therapy', TherapyBySlugDocument, { slug: 'group-therapy' }],
    ['nothing by an id', AnythingDocument, { id: 'nobody' }],
    ['a form', LeadFormDocument, { key: 'confidential' }],
  ])('%s is answered without an error', async ([, document, variables]) => {
    await data('public', print(document), variables);
  });
});

describe('Apollo Client', () => {
  const possibleTypes = Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter(isAbstractType)
      .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
  );

  const start = () => {
    const { sent, fetchFn } = counted();
    const cache = new InMemoryCache({
      possibleTypes,
      typePolicies: { Query: { fields: { therapies: relayStylePagination(['filter']) } } },
    });
    const client = new ApolloClient({ cache, link: new HttpLink({ uri: address('public'), fetch: fetchFn }) });
    return { client, cache, sent };
  };

  test('reads a page, and reads it again from its cache', async () => {
    const { client, cache, sent } = start();
    const first = await client.query({ query: PageByPathDocument, variables: { path } });
    const again = await client.query({ query: PageByPathDocument, variables: { path }, fetchPolicy: 'cache-only' });

    expect(first.data?.route?.__typename).toBe('Page');
    expect(again.data).toEqual(first.data);
    expect(sent).toHaveLength(1);
    const kept = Object.keys(cache.extract());
    for (const type of ['Page', 'Therapy', 'Media', 'ContactPoint', 'Source']) {
      expect(
        kept.some((key) => key.startsWith(`${type}:`)),
        type,
      ).toBe(true);
    }
  });

  test('keeps one record of a thing that several queries ask for', async () => {
    const { client, cache } = start();
    await client.query({ query: PageByPathDocument, variables: { path } });
    const { data } = await client.query({ query: TherapyBySlugDocument, variables: { slug: 'group-therapy' } });
    const id = readFragment(TherapyCardFragmentDoc, data?.therapy)?.id;
    if (id === undefined) throw new Error('There is no group therapy.');
    await client.query({ query: AnythingDocument, variables: { id } });

    const records = Object.values(cache.extract()).filter(
      (record) => record?.['__typename'] === 'Therapy' && record['slug'] === 'group-therapy',
    );
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ id, path: '/therapies/group-therapy', approach: expect.any(String) });
  });

  test('pages through a list as through one of Relay', async () => {
    const { client } = start();
    const query = { query: TherapiesDocument, variables: { first: 2 } };
    const list = client.watchQuery(query);
    const subscription = list.subscribe(() => undefined);
    await firstValueFrom(list.pipe(filter(({ loading }) => !loading)));

    // What the cache makes of the pages so far.
    const therapies = () => client.readQuery(query)?.therapies;
    for (let page = 0; page < 10; page += 1) {
      const info = therapies()?.pageInfo;
      if (!info?.hasNextPage) break;
      await list.fetchMore({ variables: { after: info.endCursor ?? null } });
    }
    expect(slugsOf(therapies())).toEqual(await slugs());
    subscription.unsubscribe();
  });

  test.for([
    ['Site', 'site', 'name', 'statement'],
    ['Navigation', 'navigation(handle: "main")', 'items { label }', 'handle'],
  ] as const)('keeps what two queries ask of one %s', async ([name, field, one, other]) => {
    // Apollo's documentation has every query ask for the id of what has one.
    const type = schema.getType(name);
    const id = isObjectType(type) && 'id' in type.getFields() ? 'id' : '';

    const { client } = start();
    const query: TypedDocumentNode = parse(`{ ${field} { ${id} ${one} } }`);
    const first = await client.query({ query });
    await client.query({ query: parse(`{ ${field} { ${id} ${other} } }`) });
    const again = await client.query({ query, fetchPolicy: 'cache-only' });
    expect(again.data).toEqual(first.data);
  });

  test('sends a lead, and is told what to mend', async () => {
    const { client } = start();
    const form = await client.query({ query: LeadFormDocument, variables: { key: 'confidential' } });
    const consent = readFragment(WordingFragmentDoc, form.data?.leadForm?.consent)?.id;
    if (consent === undefined) throw new Error('There is no wording to agree to.');
    const input = {
      idempotencyKey: crypto.randomUUID(),
      form: 'confidential',
      name: 'Robin',
      contact: { email: 'robin@example.org' },
      sourcePath: path,
      consents: [{ text: consent, accepted: true, scopes: ['EMAIL' as const] }],
    };

    const sent = await client.mutate({ mutation: SubmitLeadDocument, variables: { input } });
    expect(sent.data?.submitLead).toMatchObject({ receipt: { reference: expect.any(String) }, userErrors: [] });

    // The same again is the same lead.
    const again = await client.mutate({ mutation: SubmitLeadDocument, variables: { input } });
    expect(again.data).toEqual(sent.data);

    const bad = { ...input, idempotencyKey: crypto.randomUUID(), name: '', consents: [] };
    const refused = await client.mutate({ mutation: SubmitLeadDocument, variables: { input: bad } });
    expect(refused.data?.submitLead.receipt).toBeNull();
    expect(refused.data?.submitLead.userErrors.map(({ path }) => path.join('.'))).toContain('input.name');
  });
});

describe('urql', () => {
  // What has no id is part of what has it.
  const keys = Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !name.startsWith('__') && name !== 'Query' && name !== 'Mutation')
      .filter((type) => type.getFields()['id'] === undefined)
      .map(({ name }) => [name, () => null]),
  );

  const normalised = () =>
    cacheExchange({
      schema: introspectionFromSchema(schema) as IntrospectionQuery & { __schema: never },
      keys,
      resolvers: { Query: { therapies: relayPagination() } },
    });

  const start = (options: Omit<ClientOptions, 'url' | 'fetch'>) => {
    const { sent, fetchFn } = counted();
    return { client: new Client({ url: address('public'), fetch: fetchFn, preferGetMethod: false, ...options }), sent };
  };

  test('reads a page, and reads it again from its normalised cache', async () => {
    const { client, sent } = start({ exchanges: [normalised(), fetchExchange] });
    const first = await client.query(PageByPathDocument, { path }).toPromise();
    const again = await client.query(PageByPathDocument, { path }, { requestPolicy: 'cache-only' }).toPromise();

    expect(first.error).toBeUndefined();
    expect(first.data?.route?.__typename).toBe('Page');
    expect(again.data).toEqual(first.data);
    expect(sent).toHaveLength(1);
  });

  test('pages through a list as through one of Relay', async () => {
    const { client } = start({ exchanges: [normalised(), fetchExchange] });
    let answer = await client.query(TherapiesDocument, { first: 2 }).toPromise();
    for (let page = 0; page < 10 && answer.data?.therapies?.pageInfo.hasNextPage; page += 1) {
      const after = answer.data.therapies.pageInfo.endCursor ?? null;
      answer = await client.query(TherapiesDocument, { first: 2, after }).toPromise();
      expect(answer.error).toBeUndefined();
    }
    expect(slugsOf(answer.data?.therapies)).toEqual(await slugs());
  });

  test('asks by GET, and once only, with the cache it comes with', async () => {
    const { client, sent } = start({ exchanges: [documentCache, fetchExchange], preferGetMethod: 'force' });
    const first = await client.query(TherapyBySlugDocument, { slug: 'group-therapy' }).toPromise();
    const again = await client.query(TherapyBySlugDocument, { slug: 'group-therapy' }).toPromise();

    expect(first.error).toBeUndefined();
    expect(again.data).toEqual(first.data);
    expect(sent.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('Relay', () => {
  const start = () => {
    const { sent, fetchFn } = counted();
    const environment = new Environment({
      network: Network.create(async ({ text }, variables) => {
        const response = await fetchFn(address('public'), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: text, variables }),
        });
        return (await response.json()) as GraphQLResponse;
      }),
      store: new Store(new RecordSource()),
    });
    return { environment, sent };
  };

  /** What the connection holds in the store: the slugs at the ends of the paths, and where it goes on. */
  const held = (environment: Environment) => {
    let slugs: string[] = [];
    let next: string | null = null;
    environment.commitUpdate((store) => {
      const list = ConnectionHandler.getConnection(store.getRoot(), 'TherapyList_therapies');
      const edges = list?.getLinkedRecords('edges') ?? [];
      slugs = edges.map((edge) => `${edge?.getLinkedRecord('node')?.getValue('path')}`.replace(/.*\//, ''));
      const info = list?.getLinkedRecord('pageInfo');
      next = info?.getValue('hasNextPage') === true ? `${info.getValue('endCursor')}` : null;
    });
    return { slugs, next: next as string | null };
  };

  test('pages through a connection', async () => {
    const { environment } = start();
    await fetchQuery<TherapyList>(environment, TherapyListQuery, {}).toPromise();
    for (let page = 0; page < 10; page += 1) {
      const { next } = held(environment);
      if (next === null) break;
      const variables = { count: 2, cursor: next };
      await fetchQuery<TherapyListPagination>(environment, TherapyListPaginationQuery, variables).toPromise();
    }
    expect(held(environment).slugs).toEqual(await slugs());
  });

  test('has in its store what it read, and fetches a thing again by its id', async () => {
    const { environment, sent } = start();
    await fetchQuery<TherapyList>(environment, TherapyListQuery, {}).toPromise();
    expect(environment.check(createOperationDescriptor(TherapyListQuery, {}))).toMatchObject({ status: 'available' });

    const id = environment
      .getStore()
      .getSource()
      .getRecordIDs()
      .find((each) => environment.getStore().getSource().get(each)?.['__typename'] === 'Therapy');
    if (id === undefined) throw new Error('There is no therapy in the store.');
    await fetchQuery<TherapyItemRefetch>(environment, TherapyItemRefetchQuery, { id }).toPromise();
    expect(sent).toHaveLength(2);
    expect(environment.check(createOperationDescriptor(TherapyItemRefetchQuery, { id }))).toMatchObject({
      status: 'available',
    });
  });
});
