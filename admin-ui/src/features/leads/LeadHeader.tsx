import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconScale } from '@tabler/icons-react';
import { useQuery } from 'urql';
import { Avatar } from '~/ui/Avatar';
import { Chip } from '~/ui/Chip';
import { Key } from '~/ui/Key';
import { RelativeTime } from '~/ui/RelativeTime';
import { comesWords } from './arrival';
import { dayAndTime } from './clock';
import { isForbidden } from './consent';
import { HeaderClocks } from './HeaderClocks';
import classes from './LeadHeader.module.css';
import type { Attempt } from './LogDialog';
import { MoreMenu } from './MoreMenu';
import type { Colleague, Lead, LeadStatus } from './queries';
import { StatusChip } from './StatusChip';
import { LeadShiftsQuery } from './shift/queries';
import { nextOnShift } from './shift/shift';
import { turnText } from './shift/words';
import { stepText } from './stepText';
import { text } from './text';

const way: LeadStatus[] = ['NEW', 'ATTEMPTING', 'CONTACTED', 'QUALIFIED', 'SCHEDULED', 'ADMITTED'];

/** Who, how far, and whose it is. */
export const LeadHeader = ({
  lead,
  name,
  viewer,
  staff,
  staffFailed,
  mayWork,
  busy,
  onAssign,
  onAssignInTurn,
  onLog,
  onStatus,
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
  name: string;
  viewer: string;
  staff: Colleague[] | undefined;
  staffFailed: boolean;
  mayWork: boolean;
  busy: boolean;
  onAssign: (assignee: string | null) => void;
  onAssignInTurn: () => void;
  onLog: (as: Attempt) => void;
  onStatus: () => void;
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
}) => (
  <header className={classes['header']}>
    <div className={classes['first']}>
      <h2>{name}</h2>
      {lead.priority === 'URGENT' ? <Chip tone="bad">{text.urgent}</Chip> : null}
      <StatusChip status={lead.status} />
      {lead.suspectedSpam ? <Chip plain>{text.list.spam}</Chip> : null}
      <span className={`${classes['reference']} num`}>{lead.reference}</span>
    </div>
    <Steps status={lead.status} />
    <p className={classes['line']}>
      {text.relationship[lead.relationship]} · {text.lead.received} <RelativeTime at={lead.receivedAt} />
      <HeaderClocks lead={lead} viewer={viewer} />
      {lead.arrival === null ? null : ` · ${comesWords(lead.arrival)}`}
      {lead.outcome === null ? null : ` · ${text.lead.outcome(text.outcome[lead.outcome])}`}
    </p>
    {lead.heldAt === null ? null : (
      <p className={classes['held']}>
        <IconScale size={16} stroke={1.6} aria-hidden />
        <span className="num">{text.hold.since(dayAndTime(lead.heldAt))}</span>
      </p>
    )}
    <div className={classes['actions']}>
      {mayWork ? (
        <>
          <AssignMenu
            assignee={lead.assignee}
            viewer={viewer}
            staff={staff}
            staffFailed={staffFailed}
            busy={busy}
            mayTurn={lead.nextActionAt !== null}
            onAssign={onAssign}
            onAssignInTurn={onAssignInTurn}
          />
          {(isForbidden(lead) && lead.nextActionAt === null) || lead.mergedInto !== null ? null : (
            <Button variant="default" className={classes['barred'] ?? ''} onClick={() => onLog('call')}>
              {text.log.open}
              <Key>C</Key>
            </Button>
          )}
          {lead.mergedInto === null ? (
            <Button
              variant="default"
              className={classes['barred'] ?? ''}
              disabled={lead.nextStatuses.length === 0}
              onClick={onStatus}
            >
              {stepText.statusDialog.open}
              <Key>S</Key>
            </Button>
          ) : null}
          {lead.nextActionAt === null && lead.consent === null && !mayErase ? null : (
            <MoreMenu
              lead={lead}
              busy={busy}
              onMessage={() => onLog('message')}
              onSnooze={onSnooze}
              onPriority={onPriority}
              onConsent={onConsent}
              onRefer={onRefer}
              onSuppress={onSuppress}
              onClearSpam={onClearSpam}
              onMarkSpam={onMarkSpam}
              mayErase={mayErase}
              onHold={onHold}
              onErase={onErase}
            />
          )}
        </>
      ) : (
        <span className={classes['assignee']}>
          {lead.assignee === null ? null : <Avatar name={lead.assignee.name} />}
          {lead.assignee?.name ?? text.assign.nobody}
        </span>
      )}
    </div>
  </header>
);

/** How far along the way it is; the word stands in the chip. */
const Steps = ({ status }: { status: LeadStatus }) => {
  const reached = way.indexOf(status);
  return reached < 0 ? null : (
    <div className={classes['steps']} aria-hidden="true">
      {way.map((step, index) => (
        <i key={step} data-done={index <= reached || undefined} />
      ))}
    </div>
  );
};

const AssignMenu = ({
  assignee,
  viewer,
  staff,
  staffFailed,
  busy,
  mayTurn,
  onAssign,
  onAssignInTurn,
}: {
  assignee: Lead['assignee'];
  viewer: string;
  staff: Colleague[] | undefined;
  staffFailed: boolean;
  busy: boolean;
  /** Whether it is given in turn. */
  mayTurn: boolean;
  onAssign: (assignee: string | null) => void;
  onAssignInTurn: () => void;
}) => {
  const [{ data: known }, renew] = useQuery({ query: LeadShiftsQuery, pause: true });
  const next = known === undefined ? null : nextOnShift(known.leadShifts, assignee?.id, Date.now());
  const colleagues = staff?.filter(({ id }) => id !== viewer && id !== assignee?.id) ?? [];
  return (
    <Menu
      position="bottom-start"
      width={260}
      withInitialFocusPlaceholder={false}
      onOpen={() => renew({ requestPolicy: 'network-only' })}
    >
      <Menu.Target>
        <Button
          variant="default"
          className={classes['assign'] ?? ''}
          aria-label={text.assign.label(
            assignee === null ? null : assignee.id === viewer ? text.youObject : assignee.name,
          )}
          leftSection={assignee === null ? <i className={classes['nobody']} /> : <Avatar name={assignee.name} />}
          rightSection={<IconChevronDown size={15} stroke={1.6} aria-hidden />}
        >
          <span className="clip">{assignee?.name ?? text.assign.nobody}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {assignee?.id === viewer ? null : (
          <Menu.Item disabled={busy} rightSection={<Key>A</Key>} onClick={() => onAssign(viewer)}>
            {text.assign.me}
          </Menu.Item>
        )}
        {assignee === null ? null : (
          <Menu.Item disabled={busy} onClick={() => onAssign(null)}>
            {text.assign.queue}
          </Menu.Item>
        )}
        {!mayTurn || known === undefined ? null : next === null ? (
          <p className={classes['none']}>{turnText.noNext}</p>
        ) : (
          <Menu.Item disabled={busy} onClick={onAssignInTurn}>
            <span className={classes['colleague']}>
              {turnText.next(next.id === viewer ? text.youObject : next.name)}
            </span>
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Label>{text.assign.colleagues}</Menu.Label>
        <div className={classes['colleagues']}>
          {colleagues.map(({ id, name }) => (
            <Menu.Item key={id} disabled={busy} leftSection={<Avatar name={name} />} onClick={() => onAssign(id)}>
              <span className={classes['colleague']}>{name}</span>
            </Menu.Item>
          ))}
        </div>
        {colleagues.length === 0 ? (
          <p className={classes['none']}>{staffFailed ? text.assign.staffFailed : text.assign.noColleagues}</p>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
};
