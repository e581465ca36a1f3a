import { graphql } from '~/gql/graphql';

export const ShellLeadCounts = graphql(`
  query ShellLeadCounts {
    leadCounts { open mine unassigned urgent closed all }
  }
`);
