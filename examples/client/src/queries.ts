import { Entry, Frame, graphql } from '@hillside-examples/blocks';
import type { ResultOf, VariablesOf } from 'gql.tada';

/** Everything a page shows, in one round trip. */
export const Visit = graphql(
  `
    query Visit($path: String!) {
      ...Frame
      route(path: $path) { ...Entry }
    }
  `,
  [Frame, Entry],
);

export const SubmitLead = graphql(`
  mutation SubmitLead($input: SubmitLeadInput!) {
    submitLead(input: $input) {
      receipt { reference }
      userErrors { code message path }
    }
  }
`);

export type Visited = ResultOf<typeof Visit>;
export type LeadInput = VariablesOf<typeof SubmitLead>['input'];
