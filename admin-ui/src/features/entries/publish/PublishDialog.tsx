import { Button, Checkbox, Loader, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import classes from '../dialog.module.css';
import type { Answer, Entry } from '../entry';
import { CompareQuery } from '../queries';
import { undoNotice } from '../removedNotice';
import { text as common } from '../text';
import { Planned } from './Planned';
import own from './publish.module.css';
import { text } from './text';
import { usePublishing } from './usePublishing';
import { type Moment, When } from './When';

type Step = 'saving' | 'unsaved' | 'review' | 'publishing' | 'done' | 'planned';

/** Saves, shows what changes and what the checks found, publishes now or at a time, alone or together, and can take it back. */
export const PublishDialog = ({
  entry,
  save,
  publish,
  problems,
  onCompare,
  onUndone,
  onClose,
}: {
  entry: Entry;
  save: () => Promise<Entry | null>;
  publish: (revision: string) => Promise<Answer>;
  /** Draws what the checks found. */
  problems: ReactNode;
  onCompare: (pair: { from: string; to: string }) => void;
  /** What was public before is public again. */
  onUndone: () => void;
  onClose: () => void;
}) => {
  const [step, setStep] = useState<Step>('saving');
  const [failure, setFailure] = useState<string | null>(null);
  const [moment, setMoment] = useState<Moment | null | undefined>(null);
  const [alone, setAlone] = useState<readonly string[]>([]);
  const publishing = usePublishing(entry.id);
  const begun = useRef(false);
  const shown = useRef(false);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void save().then((saved) => setStep(saved === null ? 'unsaved' : 'review'));
  }, [save]);

  const blocking = entry.checks.filter(({ severity }) => severity === 'BLOCKS').length;
  const revision = entry.draft.id;
  const others = publishing.targets.filter(({ id, draft }) => draft !== null && !alone.includes(id));

  /** Why it could not be done; null when it was. */
  const publishNow = async (all: { id: string; revision: string }[]): Promise<string | null> => {
    if (all.length > 1) {
      const why = await publishing.together(all);
      if (why !== null) return why;
      // It is public already; this reads it as the screen wants it.
    }
    const answer = await publish(revision);
    if (answer.kind === 'done') return null;
    return answer.kind === 'failed' ? answer.message : (answer.userErrors[0]?.message ?? common.publish.failed);
  };

  const go = async () => {
    if (moment === undefined) return;
    setStep('publishing');
    setFailure(null);
    const all = [{ id: entry.id, revision }, ...others.map(({ id, draft }) => ({ id, revision: draft ?? '' }))];
    const why = moment === null ? await publishNow(all) : await publishing.planPublish(revision, moment);
    if (why !== null) {
      setFailure(why);
      setStep('review');
      return;
    }
    setStep(moment === null ? 'done' : 'planned');
    if (moment === null) {
      const undo = async () => {
        const refused = await publishing.undo(all);
        notifications.show({ message: refused ?? text.undone });
        if (refused !== null) return;
        onUndone();
        if (shown.current) onClose();
      };
      notifications.show(undoNotice(text.published(entry.title), () => void undo()));
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={
        step === 'done'
          ? common.publish.doneTitle
          : step === 'planned'
            ? text.scheduledTitle
            : common.publish.title(entry.title)
      }
    >
      <div className={classes['dialog']}>
        {step === 'saving' && (
          <p role="status" className={classes['status']}>
            <Loader size={16} /> {common.publish.saving}
          </p>
        )}
        {step === 'unsaved' && (
          <>
            <p role="alert" className={classes['failure']}>
              {common.publish.notSaved}
            </p>
            <div className={classes['actions']}>
              <Button onClick={onClose}>{common.publish.back}</Button>
            </div>
          </>
        )}
        {(step === 'review' || step === 'publishing') && (
          <>
            <p>
              {entry.live === null
                ? common.publish.firstTime(entry.path)
                : common.publish.again(entry.draft.number, entry.live.number)}
            </p>
            <Planned publishing={publishing} />
            <Changes entry={entry} onCompare={onCompare} />
            {publishing.targets.length > 0 && moment === null && (
              <div className={own['together']}>
                <p>{text.together}</p>
                {publishing.targets.map(({ id, title, path }) => (
                  <Checkbox
                    key={id}
                    label={`${title} (${path})`}
                    checked={!alone.includes(id)}
                    onChange={({ currentTarget: { checked } }) =>
                      setAlone((before) => (checked ? before.filter((each) => each !== id) : [...before, id]))
                    }
                  />
                ))}
                <p>{text.apart}</p>
              </div>
            )}
            {entry.checks.length === 0 ? (
              <p>{common.publish.clean}</p>
            ) : (
              <>
                <p>{blocking > 0 ? common.publish.blocked(blocking) : common.publish.warned}</p>
                <div className={classes['problems']}>{problems}</div>
              </>
            )}
            <When label={text.when} onChange={setMoment} />
            {failure !== null && (
              <p role="alert" className={classes['failure']}>
                {common.publish.failed}: {failure}
              </p>
            )}
            <div className={classes['actions']}>
              <Button variant="subtle" onClick={onClose}>
                {common.publish.cancel}
              </Button>
              <Button
                data-autofocus
                loading={step === 'publishing'}
                disabled={blocking > 0 || moment === undefined}
                onClick={() => void go()}
              >
                {moment === null ? common.publish.now : text.schedule}
              </Button>
            </div>
          </>
        )}
        {step === 'planned' && moment != null && (
          <>
            <p role="status">{text.scheduled(moment.runAt, moment.timeZone)}</p>
            <div className={classes['actions']}>
              <Button onClick={onClose}>{common.publish.close}</Button>
            </div>
          </>
        )}
        {step === 'done' && (
          <>
            <p role="status">{common.publish.done(entry.path)}</p>
            <div className={classes['actions']}>
              <Button component="a" variant="default" href={entry.path} target="_blank" rel="noopener">
                {common.publish.view}
              </Button>
              <Button onClick={onClose}>{common.publish.close}</Button>
            </div>
          </>
        )}
      </div>
    </Modal>
  );
};

/** What the public would read that it does not read now, in a line. */
const Changes = ({ entry, onCompare }: { entry: Entry; onCompare: (pair: { from: string; to: string }) => void }) => {
  const pair = { from: entry.live?.id ?? '', to: entry.draft.id };
  const [{ data }] = useQuery({
    query: CompareQuery,
    variables: pair,
    pause: pair.from === '' || pair.from === pair.to,
  });
  const found = data?.compareRevisions;
  if (found == null) return null;
  return (
    <p className={own['changes']}>
      <span>{text.changed(text.changes(found.blocks.length, found.fields.length))}</span>
      <Button variant="default" size="compact-sm" onClick={() => onCompare(pair)}>
        {text.show}
      </Button>
    </p>
  );
};
