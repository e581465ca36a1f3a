import { Chip } from '~/ui/Chip';
import { RelativeTime } from '~/ui/RelativeTime';
import type { Entry } from './entry';
import classes from './panel.module.css';
import { text } from './text';

/** Every saved version: which, why, by whom, when, and which one the public reads. */
export const HistoryTab = ({ entry }: { entry: Entry }) => (
  <ol className={classes['history']} aria-label={text.history.label}>
    {entry.revisions.map(({ id, number, note, author, createdAt }) => (
      <li key={id}>
        <div className={classes['version']}>
          <b className="num">{text.history.version(number)}</b>
          {id === entry.live?.id && <Chip tone="ok">{text.history.live}</Chip>}
          {id === entry.draft.id && id !== entry.live?.id && <Chip plain>{text.history.latest}</Chip>}
        </div>
        {note !== null && note !== '' && <p>{note}</p>}
        <p className="muted">
          {author?.name ?? text.history.system} · <RelativeTime at={createdAt} />
        </p>
      </li>
    ))}
  </ol>
);
