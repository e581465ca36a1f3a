import { graphql } from '~/gql/graphql';

export const ReplaceUses = graphql(`
  mutation ReplaceUses($input: ReplaceUsesInput!) {
    replaceUses(input: $input) {
      changed { id kind title path status }
      userErrors { code message path }
    }
  }
`);
