import { graphql, type ResultOf } from '~/gql/graphql';

export const LeadAccessQuery = graphql(`
  query LeadAccess($id: ID!, $after: String) {
    leadAccessLog(id: $id, first: 20, after: $after) {
      nodes { at what reason by { id name } }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export type Access = ResultOf<typeof LeadAccessQuery>['leadAccessLog']['nodes'][number];
