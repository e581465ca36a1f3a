import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowsMove } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type RefObject, Suspense, useRef, useState } from 'react';
import { Avatar } from '~/ui/Avatar';
import { Chip } from '~/ui/Chip';
import { lazyPart } from '~/ui/lazyPart';
import { RelativeTime } from '~/ui/RelativeTime';
import { isByPhone } from '../byPhone';
import { ClockChip } from '../ClockChip';
import type { LeadList } from '../list';
import type { Lead, LeadRow, LeadStatus } from '../queries';
import { text as leadText } from '../text';
import classes from './Board.module.css';
import { inColumns, mayMove } from './columns';
import { useDragLead, useDropLead } from './drag';
import { text } from './text';
import { type Move, useMove } from './useMove';

const MoveDialog = lazyPart(async () => (await import('./MoveDialog')).MoveDialog);

type OnMove = (move: Move) => void;

/** The leads of a list in a column for each state, moved by dragging, or from the menu of each. */
export const Board = ({
  list,
  leads,
  mayWork,
  rows,
  onMoved,
  onStale,
  onMore,
}: {
  list: LeadList;
  leads: LeadRow[];
  mayWork: boolean;
  /** Where the keyboard steps through leads. */
  rows: RefObject<HTMLUListElement | null>;
  onMoved: (lead: Lead) => void;
  onStale: () => void;
  onMore: () => Promise<void>;
}) => {
  const { move, moving, asking, settle } = useMove(onMoved, onStale);
  const columns = inColumns(leads, list.view, moving);
  // Where there is room for one only.
  const [chosen, setChosen] = useState<LeadStatus | null>(null);
  const shown = columns.find(({ status }) => status === chosen) ?? columns.find((column) => column.leads.length > 0);
  const inFront = (shown ?? columns[0])?.status;
  const [loadingMore, setLoadingMore] = useState(false);
  const more = async () => {
    setLoadingMore(true);
    await onMore();
    setLoadingMore(false);
  };

  return (
    <div className={classes['board']}>
      <fieldset className={classes['tabs']}>
        <legend className="visually-hidden">{text.columns}</legend>
        {columns.map(({ status, leads: some }) => (
          <button
            key={status}
            type="button"
            aria-pressed={status === inFront}
            aria-label={text.column(status, some.length)}
            className={classes['tab']}
            onClick={() => setChosen(status)}
          >
            {leadText.status[status]} <span className="num">{some.length}</span>
          </button>
        ))}
      </fieldset>
      <ul ref={rows} className={classes['columns']} aria-label={text.label}>
        {columns.map((column) => (
          <Column
            key={column.status}
            {...column}
            inFront={column.status === inFront}
            fresh={list.fresh}
            moving={moving}
            mayWork={mayWork}
            onMove={(next) => void move(next)}
          />
        ))}
      </ul>
      {list.more ? (
        <div className={classes['more']}>
          <span className="muted num">{text.shown(leads.length, list.total)}</span>
          <Button variant="default" loading={loadingMore} onClick={() => void more()}>
            {leadText.list.more}
          </Button>
        </div>
      ) : null}
      {asking === null ? null : (
        <Suspense>
          <MoveDialog move={asking} onMoved={onMoved} onClose={settle} />
        </Suspense>
      )}
    </div>
  );
};

const Column = ({
  status,
  leads,
  inFront,
  fresh,
  moving,
  mayWork,
  onMove,
}: {
  status: LeadStatus;
  leads: LeadRow[];
  inFront: boolean;
  fresh: ReadonlySet<string>;
  moving: ReadonlyMap<string, LeadStatus>;
  mayWork: boolean;
  onMove: OnMove;
}) => {
  const place = useRef<HTMLLIElement>(null);
  const over = useDropLead(place, status, (lead) => onMove({ lead, to: status }));
  return (
    <li ref={place} className={classes['column']} data-front={inFront || undefined} data-over={over || undefined}>
      <h2 className={classes['head']}>
        {leadText.status[status]}{' '}
        <span className="num" aria-hidden>
          {leads.length}
        </span>
        <span className="visually-hidden">({leads.length})</span>
      </h2>
      {leads.length === 0 ? (
        <p className={classes['empty']}>{text.empty}</p>
      ) : (
        <ul className={classes['cards']} aria-label={text.column(status, leads.length)}>
          {leads.map((lead) => (
            <Card
              key={lead.id}
              lead={lead}
              fresh={fresh.has(lead.id)}
              busy={moving.has(lead.id)}
              mayWork={mayWork}
              onMove={onMove}
            />
          ))}
        </ul>
      )}
    </li>
  );
};

const Card = ({
  lead,
  fresh,
  busy,
  mayWork,
  onMove,
}: {
  lead: LeadRow;
  fresh: boolean;
  busy: boolean;
  mayWork: boolean;
  onMove: OnMove;
}) => {
  const card = useRef<HTMLLIElement>(null);
  const next = mayWork ? lead.nextStatuses.filter((to) => mayMove(lead, to)) : [];
  const dragging = useDragLead(card, lead, next.length > 0 && !busy);
  const ended = lead.status === 'CLOSED' || lead.status === 'ADMITTED';
  return (
    <li
      ref={card}
      data-row={lead.id}
      className={classes['card']}
      data-dragging={dragging || undefined}
      data-busy={busy || undefined}
      data-movable={next.length > 0 || undefined}
    >
      <Link
        to="/leads/$id"
        params={{ id: lead.id }}
        search={true}
        data-lead={lead.id}
        draggable={false}
        className={classes['link']}
      >
        <span className={classes['name']}>
          {fresh ? <i className={classes['dot']} role="img" aria-label={leadText.list.fresh} /> : null}
          <b className="clip" data-erased={lead.erasedAt !== null || undefined}>
            {lead.name}
          </b>
        </span>
        <span className={classes['chips']}>
          {lead.priority === 'URGENT' ? <Chip tone="bad">{leadText.urgent}</Chip> : null}
          <ClockChip lead={lead} />
          {lead.suspectedSpam ? <Chip plain>{leadText.list.spam}</Chip> : null}
        </span>
        <span className={`${classes['source']} clip`} title={lead.sourcePath ?? undefined}>
          {lead.outcome !== null
            ? leadText.outcome[lead.outcome]
            : isByPhone(lead)
              ? leadText.byPhone
              : (lead.sourceTitle ?? lead.sourcePath)}
        </span>
        <span className={classes['foot']}>
          <RelativeTime at={lead.receivedAt} />
          {lead.assignee === null ? (
            <span className="visually-hidden">{leadText.list.unassigned}</span>
          ) : (
            <Avatar name={lead.assignee.name} label />
          )}
        </span>
      </Link>
      {next.length === 0 ? null : (
        <Menu position="bottom-end" width={200} onOpen={MoveDialog.fetch}>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              loading={busy}
              className={classes['move'] ?? ''}
              aria-label={text.move(lead.reference)}
              title={text.move(lead.reference)}
            >
              <IconArrowsMove size={16} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{text.moveTo}</Menu.Label>
            {next.map((to) => (
              <Menu.Item key={to} onClick={() => onMove({ lead, to })}>
                {text.moveItem(to, ended)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
};
