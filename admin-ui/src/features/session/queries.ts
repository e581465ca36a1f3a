import { graphql } from '~/gql/graphql';

export const Setup = graphql(`
  query Setup {
    setup { needsOwner siteName }
  }
`);
