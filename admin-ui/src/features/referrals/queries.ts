import { graphql, type ResultOf, type VariablesOf } from '~/gql/graphql';

export const TargetFields = graphql(`
  fragment TargetFields on ReferralTarget @_unmask {
    id
    version
    name
    phone
    inUse
    verifiedAt
  }
`);

export const TargetsQuery = graphql(
  `
    query ReferralTargets {
      referralTargets { ...TargetFields }
    }
  `,
  [TargetFields],
);

export const SaveTarget = graphql(
  `
    mutation SaveReferralTarget($input: SaveReferralTargetInput!) {
      saveReferralTarget(input: $input) {
        target { ...TargetFields }
        userErrors { code message path }
      }
    }
  `,
  [TargetFields],
);

export type Target = ResultOf<typeof TargetFields>;
export type WantedTarget = VariablesOf<typeof SaveTarget>['input'];
