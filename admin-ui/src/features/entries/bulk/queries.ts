import { graphql } from '~/gql/graphql';

export const UnpublishEntries = graphql(`
  mutation UnpublishEntries($input: UnpublishEntriesInput!) {
    unpublishEntries(input: $input) {
      entries { id }
      userErrors { code message path }
    }
  }
`);

export const RepublishEntries = graphql(`
  mutation RepublishEntries($input: RepublishEntriesInput!) {
    republishEntries(input: $input) {
      entries { id }
      userErrors { code message path }
    }
  }
`);
