import { Link } from '@tanstack/react-router';
import { RelativeTime, useNow } from '~/ui/RelativeTime';
import { moment, timeOfDay } from './clock';
import { byDay, eventsOf, eventWords } from './events';
import type { LeadEvent } from './queries';
import classes from './Timeline.module.css';
import { timelineText } from './timelineText';

/** Everything that happened, newest first, day by day. */
export const Timeline = ({
  of,
  events,
  viewer,
  noWords = timelineText.hiddenNote,
}: {
  /** The lead they are shown for. */
  of: string;
  events: LeadEvent[];
  viewer: string;
  /** Stands for a note that cannot be read. */
  noWords?: string;
}) => {
  const now = useNow();
  return (
    <div className={classes['timeline']}>
      {byDay(eventsOf(of, events), now).map(({ day, label, events: ofDay }, index) => (
        <section key={day} aria-label={label}>
          <h4>{label}</h4>
          <ol reversed>
            {ofDay.map((event, place) => (
              <li key={event.id} data-now={(index === 0 && place === 0) || undefined}>
                <p>
                  <b>
                    <Happened words={eventWords(event, viewer)} other={event.other} />
                  </b>{' '}
                  <When at={event.at} today={label === timelineText.today} />
                  {event.reference === null ? null : <span className={`${classes['of']} num`}>{event.reference}</span>}
                </p>
                {event.nextActionAt === null ? null : (
                  <p className={classes['next']}>
                    {timelineText.goesOn(moment(Date.parse(event.nextActionAt), Date.parse(event.at)))}
                  </p>
                )}
                {event.kind === 'NOTE' || event.text !== null ? <Words words={event.text} none={noWords} /> : null}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
};

/** In words, in which the other lead leads there. */
const Happened = ({ words, other }: { words: string; other: LeadEvent['other'] }) => {
  if (other === null) return words;
  const [before, after = ''] = words.split(other.reference);
  return (
    <>
      {before}
      <Link to="/leads/$id" params={{ id: other.id }} search={true} className="num">
        {other.reference}
      </Link>
      {after}
    </>
  );
};

const When = ({ at, today }: { at: string; today: boolean }) => (
  <span className={classes['when']}>
    {today ? <RelativeTime at={at} /> : <time dateTime={at}>{timeOfDay(new Date(at))}</time>}
  </span>
);

const Words = ({ words, none }: { words: string | null; none: string }) =>
  words === null ? <p className={classes['masked']}>{none}</p> : <p className={classes['words']}>{words}</p>;
