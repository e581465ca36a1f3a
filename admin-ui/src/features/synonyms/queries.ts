import { graphql } from '~/gql/graphql';

export const SynonymsQuery = graphql(`
  query SearchSynonyms {
    searchSynonyms { terms }
  }
`);

export const SaveSynonyms = graphql(`
  mutation SaveSearchSynonyms($input: SaveSearchSynonymsInput!) {
    saveSearchSynonyms(input: $input) {
      groups { terms }
      userErrors { code message path }
    }
  }
`);
