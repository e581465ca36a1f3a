import { graphql, type ResultOf } from '~/gql/graphql';

export const PhrasesQuery = graphql(`
  query LeadPhrases {
    leadPhrases { kind standard own version }
  }
`);

export type PhraseList = ResultOf<typeof PhrasesQuery>['leadPhrases'][number];
export type PhraseKind = PhraseList['kind'];

export const TryPhrases = graphql(`
  query TryLeadPhrases($kind: LeadPhraseKind!, $own: String!, $text: String!) {
    tryLeadPhrases(kind: $kind, own: $own, text: $text) { dangers sells badLines { line message } }
  }
`);

export type Tried = ResultOf<typeof TryPhrases>['tryLeadPhrases'];

export const SavePhrases = graphql(`
  mutation SaveLeadPhrases($input: SaveLeadPhrasesInput!) {
    saveLeadPhrases(input: $input) {
      list { kind standard own version }
      userErrors { code message path }
    }
  }
`);
