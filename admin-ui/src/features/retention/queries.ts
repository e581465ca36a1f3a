import { graphql, type ResultOf } from '~/gql/graphql';

const RetentionFields = graphql(`
  fragment RetentionFields on LeadRetention @_unmask {
    version
    spamDays
    closedDays
    admittedDays
    pastTime { spam closed admitted toBeConfirmed }
  }
`);

export const RetentionQuery = graphql(
  `
    query Retention {
      leadRetention { ...RetentionFields }
    }
  `,
  [RetentionFields],
);

export const UpdateRetention = graphql(
  `
    mutation UpdateRetention($input: UpdateLeadRetentionInput!) {
      updateLeadRetention(input: $input) {
        retention { ...RetentionFields }
        userErrors { code message path }
      }
    }
  `,
  [RetentionFields],
);

export const ErasePastTime = graphql(
  `
    mutation ErasePastTime($input: EraseLeadsPastTimeInput!) {
      eraseLeadsPastTime(input: $input) {
        retention { ...RetentionFields }
        userErrors { code message path }
      }
    }
  `,
  [RetentionFields],
);

export type Retention = ResultOf<typeof RetentionFields>;
export type PastTime = Retention['pastTime'];
