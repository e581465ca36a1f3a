import { taskKinds } from './words';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const taskText = {
  title: 'Tasks',
  add: 'Add a task',
  none: 'Nothing is to be done.',
  kinds: taskKinds,
  due: (at: string) => `due ${at}`,
  overdue: (at: string) => `overdue since ${at}`,
  change: (kind: string) => `Change “${kind}”`,
  changeShort: 'Change',
  tick: (kind: string) => `“${kind}” is done`,
  again: (kind: string) => `“${kind}” is to be done again`,
  doneBy: (by: string, at: string) => `${by}, ${at}`,
  leadEnded: (at: string) => `The lead ended, ${at}`,
  done: (count: number) => `Done (${count})`,
  notTicked: 'The task was not changed.',
  ticked: (kind: string) => `“${kind}” is done.`,

  dialog: {
    title: 'Add a task',
    titleChange: 'Change the task',
    kind: 'What is to be done?',
    due: 'By when?',
    noDue: 'Say by when it is to be done.',
    who: 'Who does it?',
    whoever: 'Whoever has the lead',
    you: 'You',
    note: 'Note',
    noteHelp: 'What exactly. Sealed, and shown once somebody reveals the person.',
    noteKept: 'What was written is hidden and stays. Write here only to replace it.',
    submit: 'Add the task',
    submitChange: 'Save the task',
  },

  mine: {
    failed: 'Your tasks could not be loaded. Try again',
    label: 'My tasks',
    open: (count: number) => plural(count, 'task', 'tasks'),
    none: 'No tasks',
    overdue: (count: number) => `${count} overdue`,
    most: 'The first hundred are shown.',
  },
};
