import { Button, Popover, Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { useLive } from '~/gql/live';
import { useViewer } from '~/gql/session';
import { Avatar } from '~/ui/Avatar';
import { useNow } from '~/ui/RelativeTime';
import { usePolling } from '~/ui/usePolling';
import { moment } from '../clock';
import { text as leadText } from '../text';
import { LeadShiftsChanged, LeadShiftsQuery, SetShift } from './queries';
import classes from './ShiftMenu.module.css';
import { onShift } from './shift';
import { shiftText as text } from './text';

/** In milliseconds: while changes are told, and while they are not. */
const seldom = 300_000;
const often = 60_000;

/** Who takes leads in turn, and whether the viewer does. */
export const ShiftMenu = () => {
  const { user } = useViewer();
  const [{ data }, renew] = useQuery({ query: LeadShiftsQuery });
  const read = () => renew({ requestPolicy: 'network-only' });
  const heard = useLive(LeadShiftsChanged, {}, read);
  usePolling(read, heard ? seldom : often);
  const [, setShift] = useMutation(SetShift);
  const [busy, setBusy] = useState(false);
  const now = useNow();
  const shifts = onShift(data?.leadShifts ?? [], now);
  const mine = shifts.find((shift) => shift.user.id === user.id);

  const change = async (on: boolean) => {
    if (busy) return;
    setBusy(true);
    const answer = await setShift({ input: { on } });
    setBusy(false);
    const why =
      answer.data?.setShift.userErrors[0]?.message ??
      (answer.data == null ? (answer.error === undefined ? leadText.failed : failureText(answer.error)) : null);
    if (why !== null) notifications.show({ message: `${text.failed} ${why}`, color: 'red' });
    read();
  };
  if (data === undefined) return null;
  return (
    <Popover position="bottom-end" width={300} trapFocus returnFocus onOpen={read}>
      <Popover.Target>
        <Button variant="subtle" size="compact-sm" className={classes['target'] ?? ''} data-on={mine !== undefined}>
          <span className="num">{text.label(shifts.length)}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Switch
          label={text.take}
          description={mine === undefined ? text.takeHelp : text.yours(moment(Date.parse(mine.until), now))}
          checked={mine !== undefined}
          aria-busy={busy}
          onChange={({ currentTarget }) => void change(currentTarget.checked)}
        />
        {shifts.length === 0 ? (
          <p className={classes['nobody']}>{text.nobody}</p>
        ) : (
          <ol aria-label={text.who} className={classes['who']}>
            {shifts.map((shift) => (
              <li key={shift.user.id}>
                <Avatar name={shift.user.name} />
                <span>{shift.user.id === user.id ? text.you : shift.user.name}</span>
                <span className="num">{text.until(moment(Date.parse(shift.until), now))}</span>
              </li>
            ))}
          </ol>
        )}
      </Popover.Dropdown>
    </Popover>
  );
};
