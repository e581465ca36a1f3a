import { Button } from '@mantine/core';
import classes from './publish.module.css';
import { text } from './text';
import type { Publishing } from './usePublishing';

/** What is planned already, or failed, with the way to call it off. */
export const Planned = ({ publishing }: { publishing: Publishing }) => (
  <>
    {publishing.planned.map(({ id, action, runAt, timeZone, state, error }) => (
      <div key={id} className={classes['planned']} role="status">
        <span>{state === 'FAILED' ? text.failed(action, error) : text.planned(action, runAt, timeZone)}</span>
        <Button variant="default" size="compact-sm" onClick={() => void publishing.cancel(id)}>
          {state === 'FAILED' ? text.putAway : text.callOff}
        </Button>
      </div>
    ))}
  </>
);
