import { graphql } from '~/gql/graphql';

export const PageBranch = graphql(`
  query PageBranch($filter: EntryFilter!, $after: String) {
    pages(filter: $filter, sort: PATH, first: 100, after: $after) {
      nodes { id title path status childCount }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }
`);

export const MoveChanges = graphql(`
  query MoveChanges($id: ID!, $parent: ID) {
    movePreview(id: $id, parent: $parent) {
      total
      redirects
      changes { before after live }
    }
  }
`);

export const MovePage = graphql(`
  mutation MovePage($input: MovePageInput!) {
    movePage(input: $input) {
      path
      userErrors { code message path }
    }
  }
`);
