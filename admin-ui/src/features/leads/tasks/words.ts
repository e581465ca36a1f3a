import type { TaskKind } from './queries';

/* What the timeline says of tasks; kept apart from the rest, which is loaded when it is shown. */

export const taskKinds = {
  CALL: 'Call',
  VERIFY_INSURANCE: 'Verify insurance',
  TRANSPORT: 'Transport',
  DOCUMENTS: 'Documents',
  OTHER: 'Something else',
} satisfies Record<TaskKind, string>;

export const taskEvents = {
  MADE: (by: string, kind: string) => `${by} added a task: ${kind}`,
  CHANGED: (by: string, kind: string) => `${by} changed a task: ${kind}`,
  DONE: (by: string, kind: string) => `${by} ticked off a task: ${kind}`,
  REOPENED: (by: string, kind: string) => `${by} opened a task again: ${kind}`,
};
