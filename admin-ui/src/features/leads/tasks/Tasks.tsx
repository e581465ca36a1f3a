import { Button, Checkbox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Avatar } from '~/ui/Avatar';
import { useNow } from '~/ui/RelativeTime';
import { dayAndTime } from '../clock';
import { DialogAlert, type Trouble } from '../DialogAlert';
import type { Colleague, Lead } from '../queries';
import { text as leadText } from '../text';
import type { LeadWork, WorkAnswer } from '../useLeadWork';
import type { Task } from './queries';
import classes from './Tasks.module.css';
import { dueWords, isOverdue, parted } from './task';
import { taskText as text } from './text';

const TaskDialog = lazy(async () => ({ default: (await import('./TaskDialog')).TaskDialog }));

/** What is exactly to be done, by the id of its task: known while the person is revealed. */
export type TaskNotes = ReadonlyMap<string, string>;

/** What is to be done for a lead, and what was. */
export const Tasks = ({
  lead,
  notes,
  staff,
  viewer,
  mayWork,
  work,
}: {
  lead: Lead;
  notes: TaskNotes;
  staff: Colleague[];
  viewer: string;
  mayWork: boolean;
  work: LeadWork;
}) => {
  const [dialog, setDialog] = useState<Task | 'new' | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [said, setSaid] = useState('');
  const { open, done } = parted(lead.tasks);
  const mayChange = mayWork && lead.nextActionAt !== null;
  if (open.length === 0 && done.length === 0 && !mayChange) return null;

  const perform = async (answered: Promise<WorkAnswer>, when: string) => {
    setTrouble(null);
    const answer = await answered;
    if (answer.kind === 'done') setSaid(when);
    else setTrouble(troubleOf(answer));
  };
  const tick = (task: Task) => {
    if (!work.busy) void perform(work.completeTask(lead, task), text.ticked(text.kinds[task.kind]));
  };
  const reopen = (task: Task) => {
    if (work.busy) return;
    const { kind, dueAt, assignee } = task;
    void perform(work.saveTask(lead, task, { kind, dueAt, assignee: assignee?.id ?? null }), '');
  };
  const line = { notes, viewer, mayChange };
  return (
    <section className={classes['tasks']} aria-label={text.title}>
      <div className={classes['head']}>
        <h3>{text.title}</h3>
        {mayChange ? (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={15} stroke={1.6} aria-hidden />}
            onClick={() => setDialog('new')}
          >
            {text.add}
          </Button>
        ) : null}
      </div>
      <DialogAlert trouble={trouble} />
      {open.length === 0 ? (
        <p className="muted">{text.none}</p>
      ) : (
        <ul>
          {open.map((task) => (
            <Line key={task.id} task={task} {...line} onToggle={() => tick(task)} onChange={() => setDialog(task)} />
          ))}
        </ul>
      )}
      {done.length === 0 ? null : (
        <details>
          <summary className="num">{text.done(done.length)}</summary>
          <ul>
            {done.map((task) => (
              <Line key={task.id} task={task} {...line} onToggle={() => reopen(task)} />
            ))}
          </ul>
        </details>
      )}
      <div role="status" className="visually-hidden">
        {said}
      </div>
      {dialog === null ? null : (
        <Suspense>
          <TaskDialog
            lead={lead}
            task={dialog === 'new' ? null : dialog}
            note={dialog === 'new' ? '' : (notes.get(dialog.id) ?? null)}
            staff={staff}
            viewer={viewer}
            work={work}
            onClose={() => setDialog(null)}
          />
        </Suspense>
      )}
    </section>
  );
};

const Line = ({
  task,
  notes,
  viewer,
  mayChange,
  onToggle,
  onChange,
}: {
  task: Task;
  notes: TaskNotes;
  viewer: string;
  mayChange: boolean;
  onToggle: () => void;
  onChange?: () => void;
}) => {
  const now = useNow();
  const kind = text.kinds[task.kind];
  const note = notes.get(task.id);
  return (
    <li data-done={task.doneAt !== null || undefined}>
      <Checkbox
        checked={task.doneAt !== null}
        disabled={!mayChange}
        aria-label={task.doneAt === null ? text.tick(kind) : text.again(kind)}
        onChange={onToggle}
      />
      <div>
        <b>{kind}</b>
        {note === undefined ? null : <p className={classes['words']}>{note}</p>}
        <p className={`${classes['due']} num`} data-overdue={isOverdue(task, now) || undefined}>
          {task.doneAt === null
            ? dueWords(task, now)
            : task.doneBy === null
              ? text.leadEnded(dayAndTime(task.doneAt))
              : text.doneBy(task.doneBy.id === viewer ? leadText.you : task.doneBy.name, dayAndTime(task.doneAt))}
        </p>
      </div>
      {task.assignee === null ? null : <Avatar name={task.assignee.name} label />}
      {mayChange && onChange !== undefined ? (
        <Button variant="subtle" size="compact-sm" aria-label={text.change(kind)} onClick={onChange}>
          {text.changeShort}
        </Button>
      ) : null}
    </li>
  );
};

const troubleOf = (answer: Exclude<WorkAnswer, { kind: 'done' }>): Trouble => {
  switch (answer.kind) {
    case 'conflict':
      return { title: leadText.conflict.title, lines: answer.lines };
    case 'refused':
      return { title: text.notTicked, lines: answer.userErrors.map(({ message }) => message) };
    case 'failed':
      return { title: text.notTicked, lines: [answer.message] };
  }
};
