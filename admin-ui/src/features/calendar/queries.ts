import { graphql, type ResultOf } from '~/gql/graphql';

export const ScheduledQuery = graphql(`
  query Scheduled($from: DateTime!, $to: DateTime!) {
    scheduled(from: $from, to: $to) {
      id action runAt timeZone state error late
      entry { id kind title path }
      createdBy { id name }
    }
  }
`);

export type Planned = ResultOf<typeof ScheduledQuery>['scheduled'][number];
