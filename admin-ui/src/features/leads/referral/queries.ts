import { graphql, type VariablesOf } from '~/gql/graphql';
import { LeadFields } from '../queries';

export const ReferralTargetsQuery = graphql(`
  query PlacesToReferTo {
    referralTargets { id name phone inUse verifiedAt }
  }
`);

export const ReferLead = graphql(
  `
    mutation ReferLead($input: ReferLeadInput!) {
      referLead(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const RevokeLeadReferral = graphql(
  `
    mutation RevokeLeadReferral($input: RevokeLeadReferralInput!) {
      revokeLeadReferral(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export type Consent = VariablesOf<typeof ReferLead>['input']['consent'];
