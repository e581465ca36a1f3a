import { countsDown, headerClocks, leaseWords } from './clock';
import classes from './LeadHeader.module.css';
import type { Lead } from './queries';
import { useTick } from './useTick';

/** The clocks in the line below the name. Heard is only what does not move. */
export const HeaderClocks = ({ lead, viewer }: { lead: Lead; viewer: string }) => {
  const now = useTick((present) => countsDown(lead, present));
  const lease = leaseWords(lead, viewer, now);
  return (
    <>
      {headerClocks(lead, now).map(({ tone, words, title }) => (
        <span key={title} className="num" data-tone={tone} title={title}>
          {' · '}
          <span aria-hidden="true" className={classes['clock']}>
            {words}
          </span>
          <span className="visually-hidden">{title}</span>
        </span>
      ))}
      {lease === null ? null : <span className="num"> · {lease}</span>}
    </>
  );
};
