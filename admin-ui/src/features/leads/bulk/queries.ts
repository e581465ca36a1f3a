import { graphql, type ResultOf } from '~/gql/graphql';
import { LeadRowFields } from '../queries';

const LeadBulkFields = graphql(
  `
    fragment LeadBulkFields on LeadBulkPayload @_unmask {
      bulk {
        undo
        leads {
          lead { ...LeadRowFields }
          problem { code message path }
        }
      }
      userErrors { code message path }
    }
  `,
  [LeadRowFields],
);

export const BulkAssignLeads = graphql(
  `
    mutation BulkAssignLeads($input: BulkAssignLeadsInput!) {
      bulkAssignLeads(input: $input) { ...LeadBulkFields }
    }
  `,
  [LeadBulkFields],
);

export const BulkCloseLeads = graphql(
  `
    mutation BulkCloseLeads($input: BulkCloseLeadsInput!) {
      bulkCloseLeads(input: $input) { ...LeadBulkFields }
    }
  `,
  [LeadBulkFields],
);

export const UndoBulkLeads = graphql(
  `
    mutation UndoBulkLeads($input: UndoBulkLeadsInput!) {
      undoBulkLeads(input: $input) { ...LeadBulkFields }
    }
  `,
  [LeadBulkFields],
);

export type BulkAnswer = ResultOf<typeof LeadBulkFields>;
