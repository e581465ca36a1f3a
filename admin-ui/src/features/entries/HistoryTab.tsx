import { Button } from '@mantine/core';
import { Chip } from '~/ui/Chip';
import { RelativeTime } from '~/ui/RelativeTime';
import type { Entry, EntryRevision } from './entry';
import classes from './panel.module.css';
import { text } from './text';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' });

/** Versions by the day on which they were saved, newest first. */
const byDay = (revisions: readonly EntryRevision[]): [string, EntryRevision[]][] => {
  const days = new Map<string, EntryRevision[]>();
  for (const revision of revisions) {
    const name = day.format(new Date(revision.createdAt));
    days.set(name, [...(days.get(name) ?? []), revision]);
  }
  return [...days];
};

/** Every saved version: which, why, by whom, when, which one the public reads, and what changed in it. */
export const HistoryTab = ({
  entry,
  onCompare,
}: {
  entry: Entry;
  onCompare: (pair: { from: string; to: string }) => void;
}) => (
  <>
    {byDay(entry.revisions).map(([name, revisions]) => (
      <section key={name} aria-label={name}>
        <h3 className={classes['stale']}>{name}</h3>
        <ol className={classes['history']} aria-label={text.history.label}>
          {revisions.map((revision) => {
            const { id, number, note, author, createdAt } = revision;
            const previous = entry.revisions[entry.revisions.indexOf(revision) + 1];
            return (
              <li key={id}>
                <div className={classes['version']}>
                  <b className="num">{text.history.version(number)}</b>
                  {id === entry.live?.id && <Chip tone="ok">{text.history.live}</Chip>}
                  {id === entry.draft.id && id !== entry.live?.id && <Chip plain>{text.history.latest}</Chip>}
                </div>
                {note !== null && note !== '' && <p>{note}</p>}
                <p className={classes['about']}>
                  <span className="clip">
                    {author?.name ?? text.history.system} · <RelativeTime at={createdAt} />
                  </span>
                  {previous !== undefined && (
                    <Button
                      variant="default"
                      size="compact-sm"
                      aria-label={text.history.compareOf(number)}
                      onClick={() => onCompare({ from: previous.id, to: id })}
                    >
                      {text.history.compare}
                    </Button>
                  )}
                </p>
              </li>
            );
          })}
        </ol>
      </section>
    ))}
  </>
);
