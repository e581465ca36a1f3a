import { graphql, type ResultOf, type VariablesOf } from '~/gql/graphql';
import { type Lead, LeadFields } from '../queries';

export const SaveLeadTask = graphql(
  `
    mutation SaveLeadTask($input: SaveLeadTaskInput!) {
      saveLeadTask(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const CompleteLeadTask = graphql(
  `
    mutation CompleteLeadTask($input: CompleteLeadTaskInput!) {
      completeLeadTask(input: $input) {
        lead { ...LeadFields }
        userErrors { code message path }
      }
    }
  `,
  [LeadFields],
);

export const MyLeadTasksQuery = graphql(`
  query MyLeadTasks {
    myLeadTasks {
      id
      version
      kind
      dueAt
      lead { id reference name }
    }
  }
`);

export type Task = Lead['tasks'][number];
export type TaskKind = Task['kind'];
export type MyTask = ResultOf<typeof MyLeadTasksQuery>['myLeadTasks'][number];
export type WantedTask = Omit<VariablesOf<typeof SaveLeadTask>['input'], 'id' | 'task'>;
