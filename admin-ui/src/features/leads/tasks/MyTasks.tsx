import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useQuery } from 'urql';
import { useLive } from '~/gql/live';
import { useNow } from '~/ui/RelativeTime';
import { usePolling } from '~/ui/usePolling';
import { LeadChangedSubscription } from '../queries';
import classes from './MyTasks.module.css';
import { MyLeadTasksQuery } from './queries';
import { dueWords, isOverdue, overdueOf } from './task';
import { taskText as text } from './text';

const often = 60_000;
const mostListed = 100;

/** How much the viewer is to do, and on demand what; what is late stands first. */
export const MyTasks = () => {
  const [{ data, error }, renew] = useQuery({ query: MyLeadTasksQuery });
  const read = () => renew({ requestPolicy: 'network-only' });
  useLive(LeadChangedSubscription, {}, read);
  usePolling(read, often);
  const now = useNow();
  const [isOpen, setIsOpen] = useState(false);
  const list = useId();
  const tasks = data?.myLeadTasks ?? [];
  const overdue = overdueOf(tasks, now);
  if (data === undefined && error !== undefined) {
    return (
      <button type="button" className={classes['count']} onClick={read}>
        {text.mine.failed}
      </button>
    );
  }
  if (tasks.length === 0) return <span className={classes['none']}>{data === undefined ? null : text.mine.none}</span>;
  return (
    <>
      <button
        type="button"
        className={classes['count']}
        aria-expanded={isOpen}
        aria-controls={list}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span className="num">{text.mine.open(tasks.length)}</span>
        {overdue === 0 ? null : <b className="num">{text.mine.overdue(overdue)}</b>}
      </button>
      <ul id={list} hidden={!isOpen} aria-label={text.mine.label} className={classes['list']}>
        {tasks.map((task) =>
          task.lead === null ? null : (
            <li key={task.id}>
              <Link to="/leads/$id" params={{ id: task.lead.id }} search={true}>
                <span className={classes['line']}>
                  <b>{text.kinds[task.kind]}</b>
                  <span className="num" data-overdue={isOverdue(task, now) || undefined}>
                    {dueWords(task, now)}
                  </span>
                </span>
                <span className={classes['whose']}>
                  {task.lead.name} · <span className="num">{task.lead.reference}</span>
                </span>
              </Link>
            </li>
          ),
        )}
        {tasks.length < mostListed ? null : <li className={classes['none']}>{text.mine.most}</li>}
      </ul>
    </>
  );
};
