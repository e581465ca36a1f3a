import { Button } from '@mantine/core';
import { IconShieldCheck, IconShieldExclamation, IconShieldX } from '@tabler/icons-react';
import { dayAndTime } from './clock';
import { isForbidden, isWithdrawn } from './consent';
import classes from './OpenLead.module.css';
import type { Lead } from './queries';
import { mayLeaveVoicemail, textsRefused } from './reach';
import { text } from './text';

/**
 * What is safe and what is not, in words; stays in sight while the lead scrolls. `bestTime` are the person's own
 * words, empty while they are masked.
 */
export const SafeStrip = ({
  lead,
  bestTime,
  onLift,
}: {
  lead: Lead;
  bestTime: string;
  onLift: (() => void) | null;
}) => {
  const { sayWhoCalls, preferred, suppression } = lead.safeContact;
  const voicemail = mayLeaveVoicemail(lead, 'INQUIRER');
  const forbidden = isForbidden(lead);
  const refused = textsRefused(lead);
  const calm = voicemail && sayWhoCalls && refused === null && !forbidden && suppression === null;
  const Icon = forbidden ? IconShieldX : calm ? IconShieldCheck : IconShieldExclamation;
  const since = lead.consent?.withdrawnAt ?? null;
  const wishes = [
    preferred === null ? null : text.safe.preferred[preferred],
    bestTime.trim() === '' ? null : `${text.safe.bestTime} ${bestTime}`,
  ].filter((wish) => wish !== null);
  const asked = suppression === null ? null : dayAndTime(suppression.since);
  return (
    <div className={classes['stripHold']}>
      <div
        role="note"
        aria-label={text.safe.label}
        className={classes['strip']}
        data-tone={forbidden ? 'bad' : calm ? 'ok' : 'warn'}
      >
        <Icon size={18} stroke={1.7} aria-hidden />
        <p>
          {asked !== null && suppression?.holds
            ? text.safe.suppressed
            : isWithdrawn(lead)
              ? text.safe.withdrawn
              : [
                  text.safe.voicemail[voicemail ? 'yes' : 'no'],
                  text.safe.text[refused ?? 'yes'],
                  text.safe.sayWho[sayWhoCalls ? 'yes' : 'no'],
                ].join(' ')}
          {forbidden || wishes.length === 0 ? null : <span>{wishes.join(' · ')}</span>}
          {since === null ? null : <span className="num">{text.safe.withdrawnAt(dayAndTime(since))}</span>}
          {asked === null ? null : (
            <span className="num">{suppression?.holds ? text.safe.askedAt(asked) : text.safe.askedBefore(asked)}</span>
          )}
        </p>
        {suppression === null || onLift === null ? null : (
          <Button className={classes['lift'] ?? ''} variant="default" size="compact-sm" onClick={onLift}>
            {text.safe.lift}
          </Button>
        )}
      </div>
    </div>
  );
};
