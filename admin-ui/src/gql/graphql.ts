import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env';

/** Typed documents against the staff schema. What a field holds follows from api/schema/admin.graphql, never from a hand-written type. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    Date: string;
    DateTime: string;
    JSON: unknown;
    RichTextDocument: unknown;
    UUID: string;
  };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
export { readFragment } from 'gql.tada';
