import { moment } from '../clock';
import { taskText as text } from './text';

/* How a list of tasks reads: what is late comes first, and says so in words. */

type Dated = { dueAt: string; doneAt?: string | null };

export const isOverdue = ({ dueAt, doneAt }: Dated, now: number): boolean => doneAt == null && Date.parse(dueAt) <= now;

/** When an open task is due, or since when it is late. */
export const dueWords = (task: Dated, now: number): string => {
  const at = moment(Date.parse(task.dueAt), now);
  return isOverdue(task, now) ? text.overdue(at) : text.due(at);
};

type Noted = { id: string; version: number; note: string | null };

/** The words of tasks as they were when the person was revealed; without those of tasks that were changed since. */
export const notesOf = (tasks: Omit<Noted, 'note'>[], revealed: Noted[]): ReadonlyMap<string, string> => {
  const versions = new Map(tasks.map(({ id, version }) => [id, version]));
  return new Map(
    revealed.flatMap(({ id, version, note }) =>
      note === null || versions.get(id) !== version ? [] : [[id, note] as const],
    ),
  );
};

/** How many are late. */
export const overdueOf = (tasks: Dated[], now: number): number => tasks.filter((task) => isOverdue(task, now)).length;

/** Open ones, the first due first, and those that are done, as the server has them. */
export const parted = <T extends Dated>(tasks: T[]): { open: T[]; done: T[] } => ({
  open: tasks.filter(({ doneAt }) => doneAt == null),
  done: tasks.filter(({ doneAt }) => doneAt != null),
});
