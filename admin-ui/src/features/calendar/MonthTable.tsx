import classes from './Calendar.module.css';
import { dayOf, startOf, weeksOf } from './month';
import { PlannedItem } from './PlannedItem';
import type { Planned } from './queries';
import { text } from './text';

export type Shown = {
  month: string;
  today: string;
  days: ReadonlyMap<string, Planned[]>;
  /** Something was called off, and with it went what had the keyboard. */
  onGone: () => void;
};

/** A month on one sheet, a row for each week. */
export const MonthTable = ({ month, today, days, onGone }: Shown) => (
  <table className={classes['table']}>
    <caption className="visually-hidden">{text.caption(startOf(month))}</caption>
    <thead>
      <tr>
        {text.weekdays.map(([short, long]) => (
          <th key={short} scope="col" abbr={long}>
            {short}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {weeksOf(month).map((week) => (
        <tr key={week.map(dayOf)[0]}>
          {week.map((at) => {
            const day = dayOf(at);
            return (
              <td
                key={day}
                aria-current={day === today ? 'date' : undefined}
                data-outside={!day.startsWith(month) || undefined}
              >
                <time dateTime={day} className={`${classes['number']} num`}>
                  <span className="visually-hidden">{text.day(at)}</span>
                  <span aria-hidden="true">{at.getDate()}</span>
                </time>
                {days.get(day)?.map((planned) => (
                  <PlannedItem key={planned.id} planned={planned} onGone={onGone} />
                ))}
              </td>
            );
          })}
        </tr>
      ))}
    </tbody>
  </table>
);
