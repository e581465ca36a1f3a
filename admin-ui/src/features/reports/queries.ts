import { graphql, type ResultOf } from '~/gql/graphql';

const WaitFields = graphql(`
  fragment WaitFields on LeadWait @_unmask {
    count
    p50Seconds
    p90Seconds
  }
`);

const ProgressFields = graphql(`
  fragment ProgressFields on LeadProgress @_unmask {
    received
    reached
    qualified
    admitted
  }
`);

export const ReportQuery = graphql(
  `
    query LeadReport($from: Date!, $to: Date!) {
      leadReport(from: $from, to: $to) {
        from
        to
        timeZone
        rounded
        received
        spam
        days { day received }
        hours { hour received firstAttempt { ...WaitFields } firstContact { ...WaitFields } }
        funnel { status count }
        outcomes { outcome count }
        pages { page title path leads { ...ProgressFields } }
        placements { placement leads { ...ProgressFields } }
        campaigns { campaign source leads { ...ProgressFields } }
        insurance { check leads { ...ProgressFields } outcomes { outcome count } }
        firstAttempt { ...WaitFields }
        firstContact { ...WaitFields }
        colleagues { assignee { id name } firstAttempt { ...WaitFields } firstContact { ...WaitFields } }
      }
    }
  `,
  [WaitFields, ProgressFields],
);

export type Report = ResultOf<typeof ReportQuery>['leadReport'];
export type Wait = Report['firstAttempt'];
export type Progress = Report['pages'][number]['leads'];
