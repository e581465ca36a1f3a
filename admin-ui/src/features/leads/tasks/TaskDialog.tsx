import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { NextField } from '../NextField';
import { forField, judgeNext, type Next } from '../next';
import type { Colleague, Lead } from '../queries';
import { useDialogWork } from '../useDialogWork';
import type { LeadWork } from '../useLeadWork';
import { WorkDialog } from '../WorkDialog';
import type { Task, TaskKind } from './queries';
import { taskText } from './text';

const text = taskText.dialog;
const kinds = Object.keys(taskText.kinds) as TaskKind[];

/** What is to be done, by when and by whom. */
export const TaskDialog = ({
  lead,
  task,
  note: written,
  staff,
  viewer,
  work,
  onClose,
}: {
  lead: Lead;
  /** The one to change, or none for a new one. */
  task: Task | null;
  /** Its words where they are known. */
  note: string | null;
  staff: Colleague[];
  viewer: string;
  work: LeadWork;
  onClose: () => void;
}) => {
  const dialog = useDialogWork(lead, ['kind', 'dueAt', 'assignee', 'note']);
  const [kind, setKind] = useState<TaskKind>(task?.kind ?? 'CALL');
  const [due, setDue] = useState<Next>(
    task === null ? { pick: null, other: '' } : { pick: 'OTHER', other: forField(Date.parse(task.dueAt)) },
  );
  const [moved, setMoved] = useState(task === null);
  const [assignee, setAssignee] = useState(task?.assignee?.id ?? '');
  const [note, setNote] = useState(written ?? '');

  const judged = (): { dueAt: string } | { wrong: string } => {
    // What is late may stay so, to the second.
    if (task !== null && !moved) return { dueAt: task.dueAt };
    const { at, wrong } = judgeNext(due, Date.now());
    if (at === null) return { wrong: due.pick === null ? text.noDue : wrong };
    return { dueAt: new Date(at).toISOString() };
  };
  const submit = async () => {
    const when = judged();
    if ('wrong' in when) return dialog.refuse({ dueAt: when.wrong });
    const wanted = {
      kind,
      dueAt: when.dueAt,
      assignee: assignee === '' ? null : assignee,
      // Words that are hidden stay unless there are others.
      ...(written === null && note.trim() === '' ? {} : { note }),
    };
    const now = (seen: Lead) => (task === null ? null : (seen.tasks.find(({ id }) => id === task.id) ?? task));
    if (await dialog.perform((seen) => work.saveTask(seen, now(seen), wanted))) onClose();
  };

  const others = staff.filter(({ id }) => id !== viewer);
  return (
    <WorkDialog
      title={task === null ? text.title : text.titleChange}
      work={dialog}
      note={note}
      noteLabel={text.note}
      noteHelp={written === null ? text.noteKept : text.noteHelp}
      submitLabel={task === null ? text.submit : text.submitChange}
      onNote={setNote}
      onSubmit={submit}
      onClose={onClose}
    >
      <div data-field="kind">
        <NativeSelect
          label={text.kind}
          value={kind}
          error={dialog.errors['kind']}
          data={kinds.map((value) => ({ value, label: taskText.kinds[value] }))}
          data-autofocus
          onChange={({ currentTarget }) => setKind(currentTarget.value as TaskKind)}
        />
      </div>
      <NextField
        field="dueAt"
        label={text.due}
        value={due}
        error={dialog.errors['dueAt']}
        onChange={(value) => {
          setDue(value);
          setMoved(true);
          dialog.mend('dueAt');
        }}
      />
      <div data-field="assignee">
        <NativeSelect
          label={text.who}
          value={assignee}
          error={dialog.errors['assignee']}
          data={[
            { value: '', label: text.whoever },
            { value: viewer, label: text.you },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget }) => {
            setAssignee(currentTarget.value);
            dialog.mend('assignee');
          }}
        />
      </div>
    </WorkDialog>
  );
};
