import { Button, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { isTakenOver } from '~/gql/session';
import { holdWindow } from '~/gql/signingOut';
import { belowComparison } from './compare/address';
import classes from './dialog.module.css';
import { text } from './text';

/**
 * Asks before the screen goes while something waits for this person. What merely was not sent yet is sent on leaving, and
 * kept on this device until then; only a closing window is asked about it, because nothing can be sent from there. All
 * of it outlives a sign-out in another window.
 */
export const LeaveGuard = ({
  stuck,
  unsent,
  parked,
  why = text.leave.body,
  save,
  send,
}: {
  /** The server refused what was written, or somebody has to choose. */
  stuck: boolean;
  unsent: boolean;
  parked: boolean;
  /** What becomes of what waits. */
  why?: string;
  save: () => Promise<unknown>;
  /** Sends what needs no decision, before the session ends. */
  send?: () => Promise<unknown>;
}) => {
  const [busy, setBusy] = useState(false);
  const guarded = stuck || parked;
  const held = guarded || unsent;
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  useEffect(() => (held ? holdWindow(async () => latest.current?.()) : undefined), [held]);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      guarded && belowComparison(current.pathname) !== belowComparison(next.pathname),
    enableBeforeUnload: () => held && !isTakenOver(),
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  const saveAndLeave = async () => {
    setBusy(true);
    const saved = await save();
    setBusy(false);
    if (saved === null) blocker.reset();
    else blocker.proceed();
  };
  return (
    <Modal opened onClose={blocker.reset} title={text.leave.title} size={500}>
      <div className={classes['dialog']}>
        {stuck && <p>{why}</p>}
        {parked && <p>{text.leave.parked}</p>}
        <div className={classes['actions']}>
          <Button variant="subtle" onClick={blocker.proceed}>
            {text.leave.go}
          </Button>
          <Button variant="default" onClick={blocker.reset} data-autofocus>
            {text.leave.stay}
          </Button>
          {stuck && (
            <Button loading={busy} onClick={() => void saveAndLeave()}>
              {text.leave.save}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
};
