import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useMutation } from 'urql';
import { ownZone, toLocal } from '~/features/entries/publish/zone';
import { CancelSchedule } from '~/features/entries/queries';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { Chip } from '~/ui/Chip';
import { useNow } from '~/ui/RelativeTime';
import classes from './Calendar.module.css';
import type { Planned } from './queries';
import { text } from './text';

/** How long after its time something that still waits is late. */
const patienceMs = 60_000;

const tones = { PENDING: 'info', DONE: 'ok', FAILED: 'bad' } as const;

/** One thing that is planned, was done or failed. */
export const PlannedItem = ({ planned, onGone }: { planned: Planned; onGone: () => void }) => {
  const { action, runAt, timeZone, state, error, late, entry, createdBy } = planned;
  const at = new Date(runAt);
  const now = useNow();
  const waits = state === 'PENDING' && now - at.getTime() > patienceMs;
  // What was called off is not asked for; this one was a moment ago.
  if (state === 'CANCELLED') return null;
  return (
    <article className={classes['planned']} data-state={state} aria-label={entry.title}>
      <span className={classes['when']}>
        <time dateTime={runAt} className="num">
          {text.time(at)}
        </time>
        <Chip tone={tones[state]}>{text.actions[action][state]}</Chip>
        {(late || waits) && <Chip tone="warn">{text.late}</Chip>}
      </span>
      <EntryLink {...entry} />
      {toLocal(at, timeZone) !== toLocal(at, ownZone()) && (
        <span className={classes['note']}>{text.elsewhere(at, timeZone)}</span>
      )}
      {createdBy !== null && <span className={classes['note']}>{text.by(createdBy.name)}</span>}
      {(late || waits) && <span className={classes['note']}>{late ? text.wasLate : text.waits}</span>}
      {error !== null && <span className={classes['error']}>{error}</span>}
      {state === 'DONE' ? null : <CallOff planned={planned} onGone={onGone} />}
    </article>
  );
};

const EntryLink = ({ id, kind, title }: Planned['entry']) =>
  kind === 'PAGE' ? (
    <Link to="/pages/$id" params={{ id }} className={classes['title']}>
      {title}
    </Link>
  ) : (
    <Link to="/therapies/$id" params={{ id }} className={classes['title']}>
      {title}
    </Link>
  );

/** Calls off what is to come, asked once more where it stands; what failed is put away at once. */
const CallOff = ({ planned: { id, state, entry }, onGone }: { planned: Planned; onGone: () => void }) => {
  const mayPublish = useCan('PUBLISH');
  const [asked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [{ fetching }, cancel] = useMutation(CancelSchedule);
  const ask = useRef<HTMLButtonElement>(null);
  if (!mayPublish) return null;
  const words = state === 'FAILED' ? text.putAway : text.callOff;

  const submit = async () => {
    const { data, error } = await cancel({ input: { id } });
    if (data?.cancelSchedule.schedule == null) {
      setRefusal(error ? failureText(error) : (data?.cancelSchedule.userErrors[0]?.message ?? text.callOff.refused));
      return;
    }
    notifications.show({ message: words.done(entry.title) });
    onGone();
  };
  return (
    <>
      {refusal === null ? null : (
        <span role="alert" className={classes['error']}>
          {refusal}
        </span>
      )}
      {asked ? (
        // biome-ignore lint/a11y/useSemanticElements: a question with two answers, not a fieldset of a form.
        <span role="group" aria-label={text.callOff.question} className={classes['question']}>
          <span>{text.callOff.question}</span>
          <Button size="compact-xs" loading={fetching} onClick={() => void submit()}>
            {text.callOff.now}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            autoFocus
            onClick={() => {
              setAsked(false);
              setRefusal(null);
              requestAnimationFrame(() => ask.current?.focus());
            }}
          >
            {text.callOff.keep}
          </Button>
        </span>
      ) : (
        <Button
          ref={ask}
          size="compact-xs"
          variant="default"
          loading={fetching}
          aria-label={words.ask(entry.title)}
          className={classes['callOff'] ?? ''}
          onClick={() => (state === 'FAILED' ? void submit() : setAsked(true))}
        >
          {words.short}
        </Button>
      )}
    </>
  );
};
