import { graphql } from '~/gql/graphql';

export const TherapiesQuery = graphql(`
  query Therapies($filter: EntryFilter, $first: Int!, $after: String) {
    therapies(filter: $filter, first: $first, after: $after) {
      nodes { id title path slug status updatedAt updatedBy { id name } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }
`);

export const CreateTherapy = graphql(`
  mutation CreateTherapy($input: CreateTherapyInput!) {
    createTherapy(input: $input) {
      therapy { id title path slug status updatedAt }
      userErrors { code message path }
    }
  }
`);
