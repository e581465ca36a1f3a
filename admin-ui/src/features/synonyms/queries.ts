import { graphql } from '~/gql/graphql';

export const SynonymsQuery = graphql(`
  query SearchSynonyms {
    searchSynonyms { terms }
  }
`);

/** The list is not asked back: its place in the cache would be named by all that was sent, once for each line. */
export const SaveSynonyms = graphql(`
  mutation SaveSearchSynonyms($input: SaveSearchSynonymsInput!) {
    saveSearchSynonyms(input: $input) {
      userErrors { code message path }
    }
  }
`);
