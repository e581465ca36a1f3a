import classes from './Calendar.module.css';
import type { Shown } from './MonthTable';
import { PlannedItem } from './PlannedItem';
import { text } from './text';

/** The days of a month that have something, one after the other, where there is no room for a sheet. */
export const Agenda = ({ month, today, days, onGone }: Shown) => (
  <ol className={classes['agenda']}>
    {[...days]
      .filter(([day]) => day.startsWith(month))
      .map(([day, planned]) => (
        <li key={day}>
          <h3 aria-current={day === today ? 'date' : undefined}>
            {/* At noon, so that no change of the clocks makes it another day. */}
            {text.day(new Date(`${day}T12:00`))}
            {day === today && ` · ${text.today}`}
          </h3>
          {planned.map((each) => (
            <PlannedItem key={each.id} planned={each} onGone={onGone} />
          ))}
        </li>
      ))}
  </ol>
);
