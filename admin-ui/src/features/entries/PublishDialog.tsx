import { Button, Loader, Modal } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import classes from './dialog.module.css';
import type { Answer, Entry } from './entry';
import { text } from './text';

type Step = 'saving' | 'unsaved' | 'review' | 'publishing' | 'done';

/** Saves, shows what the checks found, publishes, and says where it can be read. */
export const PublishDialog = ({
  entry,
  save,
  publish,
  problems,
  onClose,
}: {
  entry: Entry;
  save: () => Promise<Entry | null>;
  publish: (revision: string) => Promise<Answer>;
  /** Draws what the checks found. */
  problems: ReactNode;
  onClose: () => void;
}) => {
  const [step, setStep] = useState<Step>('saving');
  const [failure, setFailure] = useState<string | null>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void save().then((saved) => setStep(saved === null ? 'unsaved' : 'review'));
  }, [save]);

  const blocking = entry.checks.filter(({ severity }) => severity === 'BLOCKS').length;
  const go = async () => {
    setStep('publishing');
    setFailure(null);
    const answer = await publish(entry.draft.id);
    if (answer.kind === 'done') {
      setStep('done');
      return;
    }
    setFailure(answer.kind === 'failed' ? answer.message : (answer.userErrors[0]?.message ?? text.publish.failed));
    setStep('review');
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={step === 'done' ? text.publish.doneTitle : text.publish.title(entry.title)}
    >
      <div className={classes['dialog']}>
        {step === 'saving' && (
          <p role="status" className={classes['status']}>
            <Loader size={16} /> {text.publish.saving}
          </p>
        )}
        {step === 'unsaved' && (
          <>
            <p role="alert" className={classes['failure']}>
              {text.publish.notSaved}
            </p>
            <div className={classes['actions']}>
              <Button onClick={onClose}>{text.publish.back}</Button>
            </div>
          </>
        )}
        {(step === 'review' || step === 'publishing') && (
          <>
            <p>
              {entry.live === null
                ? text.publish.firstTime(entry.path)
                : text.publish.again(entry.draft.number, entry.live.number)}
            </p>
            {entry.checks.length === 0 ? (
              <p>{text.publish.clean}</p>
            ) : (
              <>
                <p>{blocking > 0 ? text.publish.blocked(blocking) : text.publish.warned}</p>
                <div className={classes['problems']}>{problems}</div>
              </>
            )}
            {failure !== null && (
              <p role="alert" className={classes['failure']}>
                {text.publish.failed}: {failure}
              </p>
            )}
            <div className={classes['actions']}>
              <Button variant="subtle" onClick={onClose}>
                {text.publish.cancel}
              </Button>
              <Button data-autofocus loading={step === 'publishing'} disabled={blocking > 0} onClick={() => void go()}>
                {text.publish.now}
              </Button>
            </div>
          </>
        )}
        {step === 'done' && (
          <>
            <p role="status">{text.publish.done(entry.path)}</p>
            <div className={classes['actions']}>
              <Button component="a" variant="default" href={entry.path} target="_blank" rel="noopener">
                {text.publish.view}
              </Button>
              <Button onClick={onClose}>{text.publish.close}</Button>
            </div>
          </>
        )}
      </div>
    </Modal>
  );
};
