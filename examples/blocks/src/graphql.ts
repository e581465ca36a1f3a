import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.ts';

/**
 * A document whose answer and variables have their types from Hillside's schema. `npm run types` writes that down anew
 * from `api/schema/public.graphql`; what no longer fits is an error of the compiler.
 */
export const graphql = initGraphQLTada<{
  introspection: typeof introspection;
  disableMasking: true;
  scalars: { Date: string; DateTime: string; JSON: unknown };
}>();
