import { graphql, type ResultOf, type VariablesOf } from '~/gql/graphql';

export const FactKindsQuery = graphql(`
  query FactKinds {
    factKinds { kind key title plural description icon single schema empty }
  }
`);

export const FactsQuery = graphql(`
  query Facts($kind: FactKind!, $query: String!, $first: Int!, $after: String) {
    facts(kind: $kind, query: $query, first: $first, after: $after) {
      nodes { id kind name detail usedCount protection }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }
`);

/** Everything a form holds of a fact. */
const FactDocument = graphql(`
  fragment FactDocument on Fact @_unmask {
    id kind version name detail usedCount protection fields
  }
`);

export const FactQuery = graphql(
  `
    query Fact($id: ID!) {
      fact(id: $id) { ...FactDocument }
    }
  `,
  [FactDocument],
);

/** The one fact of a kind that has no more. */
export const SingleFactQuery = graphql(
  `
    query SingleFact($kind: FactKind!) {
      facts(kind: $kind, first: 1) { nodes { ...FactDocument } }
    }
  `,
  [FactDocument],
);

export const CreateFact = graphql(
  `
    mutation CreateFact($input: CreateFactInput!) {
      createFact(input: $input) {
        fact { ...FactDocument }
        userErrors { code message path }
      }
    }
  `,
  [FactDocument],
);

export const UpdateFact = graphql(
  `
    mutation UpdateFact($input: UpdateFactInput!) {
      updateFact(input: $input) {
        fact { ...FactDocument }
        userErrors { code message path }
      }
    }
  `,
  [FactDocument],
);

export const DeleteFact = graphql(`
  mutation DeleteFact($input: DeleteFactInput!) {
    deleteFact(input: $input) {
      fact { id }
      userErrors { code message path }
    }
  }
`);

export const UsesQuery = graphql(`
  query FactUses($id: ID!, $after: String) {
    uses(id: $id, first: 50, after: $after) {
      nodes { id kind title path status places { label draft live } }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
`);

export type FactKind = ResultOf<typeof FactKindsQuery>['factKinds'][number]['kind'];
export type Fact = NonNullable<ResultOf<typeof FactQuery>['fact']>;
export type FactFields = VariablesOf<typeof CreateFact>['input']['fields'];
export type Use = ResultOf<typeof UsesQuery>['uses']['nodes'][number];
