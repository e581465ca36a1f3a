import { graphql } from '~/gql/graphql';
import { type Lead, LeadFields } from '../queries';

export const SuppressLeadContact = graphql(
  `
    mutation SuppressLeadContact($input: SuppressLeadContactInput!) {
      suppressLeadContact(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const LiftLeadSuppression = graphql(
  `
    mutation LiftLeadSuppression($input: LiftLeadSuppressionInput!) {
      liftLeadSuppression(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export type Suppression = NonNullable<Lead['safeContact']['suppression']>;
export type SuppressionReason = Suppression['reason'];
