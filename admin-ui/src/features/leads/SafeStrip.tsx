import { IconShieldCheck, IconShieldExclamation, IconShieldX } from '@tabler/icons-react';
import { dayAndTime } from './clock';
import { isWithdrawn } from './consent';
import classes from './OpenLead.module.css';
import type { Lead } from './queries';
import { textsRefused } from './reach';
import { text } from './text';

/**
 * What is safe and what is not, in words; stays in sight while the lead scrolls. `bestTime` are the person's own
 * words, empty while they are masked.
 */
export const SafeStrip = ({ lead, bestTime }: { lead: Lead; bestTime: string }) => {
  const { voicemail, sayWhoCalls, preferred } = lead.safeContact;
  const withdrawn = isWithdrawn(lead);
  const refused = textsRefused(lead);
  const calm = voicemail && sayWhoCalls && refused === null && !withdrawn;
  const Icon = withdrawn ? IconShieldX : calm ? IconShieldCheck : IconShieldExclamation;
  const since = lead.consent?.withdrawnAt ?? null;
  const wishes = [
    preferred === null ? null : text.safe.preferred[preferred],
    bestTime.trim() === '' ? null : `${text.safe.bestTime} ${bestTime}`,
  ].filter((wish) => wish !== null);
  return (
    <div className={classes['stripHold']}>
      <div
        role="note"
        aria-label={text.safe.label}
        className={classes['strip']}
        data-tone={withdrawn ? 'bad' : calm ? 'ok' : 'warn'}
      >
        <Icon size={18} stroke={1.7} aria-hidden />
        <p>
          {withdrawn
            ? text.safe.withdrawn
            : [
                text.safe.voicemail[voicemail ? 'yes' : 'no'],
                text.safe.text[refused ?? 'yes'],
                text.safe.sayWho[sayWhoCalls ? 'yes' : 'no'],
              ].join(' ')}
          {withdrawn || wishes.length === 0 ? null : <span>{wishes.join(' · ')}</span>}
          {since === null ? null : <span className="num">{text.safe.withdrawnAt(dayAndTime(since))}</span>}
        </p>
      </div>
    </div>
  );
};
