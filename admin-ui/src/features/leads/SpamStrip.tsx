import { Button } from '@mantine/core';
import classes from './OpenLead.module.css';
import type { Lead } from './queries';
import { text } from './text';

/** Why a lead that nobody was told of looks like spam, and the two answers there are. */
export const SpamStrip = ({
  lead,
  mayWork,
  busy,
  onClear,
  onMark,
}: {
  lead: Lead;
  mayWork: boolean;
  busy: boolean;
  onClear: () => void;
  onMark: () => void;
}) => (
  <div role="note" aria-label={text.spam.label} className={classes['spam']}>
    <p>
      <b>{text.spam.looks}</b>
      {lead.spamReasons.length === 0
        ? '.'
        : `: ${lead.spamReasons.map((reason) => text.spam.reasons[reason]).join('; ')}.`}
    </p>
    {mayWork ? (
      <div>
        <Button variant="default" size="compact-md" disabled={busy} onClick={onClear}>
          {text.spam.clear}
        </Button>
        {lead.nextOutcomes.includes('SPAM') ? (
          <Button variant="default" size="compact-md" disabled={busy} onClick={onMark}>
            {text.spam.mark}
          </Button>
        ) : null}
      </div>
    ) : null}
  </div>
);
