import { graphql } from '~/gql/graphql';

export const PagesQuery = graphql(`
  query Pages($filter: EntryFilter, $first: Int!, $after: String) {
    pages(filter: $filter, first: $first, after: $after) {
      nodes { id title path slug status updatedAt updatedBy { id name } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }
`);

export const CreatePage = graphql(`
  mutation CreatePage($input: CreatePageInput!) {
    createPage(input: $input) {
      page { id title path slug status updatedAt }
      userErrors { code message path }
    }
  }
`);
