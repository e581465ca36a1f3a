import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Chip } from '~/ui/Chip';
import { RelativeTime } from '~/ui/RelativeTime';
import { compareLink } from './compare/address';
import type { EntryListLink } from './EditorBar';
import type { Entry, EntryRevision } from './entry';
import classes from './HistoryTab.module.css';
import { AutosavesQuery } from './queries';
import { text } from './text';
import { inOneLine } from './versions';

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

/** Every version: which, why, by whom, when, which one the public reads, and what changed in it. Autosaves are folded away. */
export const HistoryTab = ({ entry, list }: { entry: Entry; list: EntryListLink['to'] }) => {
  const [unfolded, setUnfolded] = useState(false);
  const [{ data }] = useQuery({
    query: AutosavesQuery,
    variables: { id: entry.id },
    pause: !unfolded,
    requestPolicy: 'cache-and-network',
  });
  const autosaves = unfolded && data?.node && 'autosaves' in data.node ? data.node.autosaves : [];
  // What is being written now is shown even where the other autosaves are folded.
  const revisions = inOneLine([entry.draft], entry.revisions, autosaves);
  return (
    <>
      <p className={classes['fold']}>
        <Button variant="default" size="compact-sm" onClick={() => setUnfolded((on) => !on)}>
          {unfolded ? text.history.noAutosaves : text.history.autosaves}
        </Button>
      </p>
      {byDay(revisions).map(([name, ofDay]) => (
        <section key={name} aria-label={name}>
          <h3 className={classes['day']}>{name}</h3>
          <ol className={classes['history']} aria-label={text.history.label}>
            {ofDay.map((revision) => {
              const { id, number, kind, note, author, createdAt } = revision;
              const previous = revisions[revisions.indexOf(revision) + 1];
              return (
                <li key={id} data-kind={kind}>
                  <div className={classes['version']}>
                    <b className="num">
                      {kind === 'SAVED' ? text.history.version(number) : text.history.autosave(number)}
                    </b>
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
                        renderRoot={(props) => (
                          <Link {...compareLink(list, entry.id, { from: previous.id, to: id })} {...props} />
                        )}
                        variant="default"
                        size="compact-sm"
                        aria-label={
                          kind === 'SAVED' ? text.history.compareOf(number) : text.history.compareAutosave(number)
                        }
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
};
