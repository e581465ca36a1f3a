import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useRef } from 'react';
import { Key } from '~/ui/Key';
import { givenConsents, isForbidden } from './consent';
import classes from './LeadHeader.module.css';
import type { Lead } from './queries';
import { text } from './text';

/** What is done to a lead now and then. */
export const MoreMenu = ({
  lead,
  busy,
  onMessage,
  onSnooze,
  onPriority,
  onConsent,
  onRefer,
  onSuppress,
  onClearSpam,
  onMarkSpam,
  mayErase,
  onHold,
  onErase,
}: {
  lead: Lead;
  busy: boolean;
  onMessage: () => void;
  onSnooze: () => void;
  onPriority: () => void;
  onConsent: () => void;
  onRefer: () => void;
  onSuppress: () => void;
  onClearSpam: () => void;
  onMarkSpam: () => void;
  mayErase: boolean;
  onHold: () => void;
  onErase: () => void;
}) => {
  const target = useRef<HTMLButtonElement>(null);
  /** A dialog gives the keyboard back to what had it: that must not be an item that is gone by then. */
  const from = (run: () => void) => () => {
    target.current?.focus();
    run();
  };
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon ref={target} variant="default" size={36} aria-label={text.moreActions} title={text.moreActions}>
          <IconDots size={17} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {lead.nextActionAt === null ? null : (
          <>
            {isForbidden(lead) ? null : (
              <Menu.Item disabled={busy} rightSection={<Key>M</Key>} onClick={from(onMessage)}>
                {text.log.message}
              </Menu.Item>
            )}
            {lead.firstAttemptAt === null ? (
              <p className={classes['none']}>{text.snooze.untried}</p>
            ) : (
              <Menu.Item disabled={busy} rightSection={<Key>Z</Key>} onClick={from(onSnooze)}>
                {text.snooze.open}
              </Menu.Item>
            )}
            <Menu.Divider />
            <Menu.Item disabled={busy} rightSection={<Key>U</Key>} onClick={from(onPriority)}>
              {lead.priority === 'URGENT' ? text.priority.lower : text.priority.raise}
            </Menu.Item>
            {lead.suspectedSpam ? (
              <Menu.Item disabled={busy} onClick={from(onClearSpam)}>
                {text.spam.clearLong}
              </Menu.Item>
            ) : null}
            {lead.nextOutcomes.includes('SPAM') ? (
              <Menu.Item disabled={busy} onClick={from(onMarkSpam)}>
                {text.spam.markLong}
              </Menu.Item>
            ) : null}
          </>
        )}
        {lead.nextOutcomes.includes('OTHER') ? (
          <Menu.Item disabled={busy} onClick={from(onRefer)}>
            {text.refer}
          </Menu.Item>
        ) : null}
        {lead.consent === null ? null : givenConsents(lead).length === 0 ? (
          <p className={classes['none']}>{text.consentDialog.nothing}</p>
        ) : (
          <Menu.Item disabled={busy} onClick={from(onConsent)}>
            {text.consentDialog.open}
          </Menu.Item>
        )}
        {lead.erasedAt === null && lead.mergedInto === null ? (
          <Menu.Item disabled={busy} onClick={from(onSuppress)}>
            {text.suppress}
          </Menu.Item>
        ) : null}
        {mayErase ? (
          <>
            {lead.nextActionAt === null && lead.consent === null ? null : <Menu.Divider />}
            <Menu.Item disabled={busy} onClick={from(onHold)}>
              {lead.heldAt === null ? text.hold.open : text.hold.openRelease}
            </Menu.Item>
            <Menu.Item className="danger" disabled={busy || lead.heldAt !== null} onClick={from(onErase)}>
              {text.erase.open}
            </Menu.Item>
            {lead.heldAt === null ? null : <p className={classes['none']}>{text.erase.heldFirst}</p>}
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
};
