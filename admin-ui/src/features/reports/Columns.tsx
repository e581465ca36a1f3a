import classes from './Reports.module.css';
import type { Column } from './range';
import { text } from './text';

const height = 120;

/** How many were received, day by day, for who would rather look; the table below it says the same. */
export const Columns = ({ columns }: { columns: readonly Column[] }) => {
  const most = Math.max(1, ...columns.map(({ received }) => received ?? 0));
  const first = columns[0];
  const last = columns.at(-1);
  return (
    <div aria-hidden="true" className={classes['columns']}>
      <span className={classes['most']}>{text.days.most(most)}</span>
      <svg aria-hidden="true" viewBox={`0 0 ${columns.length * 10} ${height}`} preserveAspectRatio="none">
        {columns.map(({ from, to, received }, at) => {
          const tall = ((received ?? 0) / most) * height;
          return (
            <g key={from}>
              <title>{`${text.span(from, to)}: ${text.number(received)}`}</title>
              <rect className={classes['back'] ?? ''} x={at * 10} y={0} width={10} height={height} />
              <rect className={classes['column'] ?? ''} x={at * 10 + 1} y={height - tall} width={8} height={tall} />
            </g>
          );
        })}
      </svg>
      <span className={classes['ends']}>
        <span>{first === undefined ? '' : text.shortDay(first.from)}</span>
        <span>{last === undefined ? '' : text.shortDay(last.to)}</span>
      </span>
    </div>
  );
};
