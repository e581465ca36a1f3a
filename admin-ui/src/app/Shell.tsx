import { Popover, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconArrowRightToArc,
  IconArrowsLeftRight,
  IconBooks,
  IconBuildingHospital,
  IconCalendar,
  IconChartBar,
  IconDots,
  IconFile,
  IconForms,
  IconHeart,
  IconInbox,
  IconPhoto,
  IconQuote,
  IconSearch,
  IconTrash,
  IconWebhook,
} from '@tabler/icons-react';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { type ComponentType, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { NewFacts } from '~/features/library/NewFacts';
import { useLive } from '~/gql/live';
import { type Permission, useSession, useViewer } from '~/gql/session';
import { useAlert } from '~/ui/alerts';
import { lazyPart } from '~/ui/lazyPart';
import { modKey, useShortcuts } from '~/ui/shortcuts';
import { useCurrentTitle, useTitleCount } from '~/ui/title';
import { takeTyped, typeAhead } from '~/ui/typeAhead';
import { usePolling } from '~/ui/usePolling';
import { AccountMenu } from './AccountMenu';
import { Pending } from './ErrorPage';
import { ShellLeadChanged, ShellLeadCounts } from './queries';
import classes from './Shell.module.css';
import { text } from './text';

const ShortcutSheet = lazyPart(async () => (await import('./ShortcutSheet')).ShortcutSheet);
const CommandPalette = lazyPart(async () => (await import('./CommandPalette')).CommandPalette);
const ExpiredDialog = lazyPart(async () => (await import('./ExpiredDialog')).ExpiredDialog);

type Room = {
  to:
    | '/leads'
    | '/pages'
    | '/therapies'
    | '/calendar'
    | '/reports'
    | '/media'
    | '/library'
    | '/redirects'
    | '/trash'
    | '/settings/phrases'
    | '/settings/synonyms'
    | '/settings/forms'
    | '/settings/referrals'
    | '/settings/webhooks';
  /** The heading it stands below in the rail; the daily ones stand first, without one. */
  group: 'daily' | 'content' | 'settings';
  label: string;
  needs: Permission;
  /** What opens it as well. */
  or?: Permission;
  Icon: ComponentType<{ size?: number; stroke?: number }>;
};

const rooms: Room[] = [
  { to: '/leads', group: 'daily', label: text.leads, needs: 'LIST_LEADS', Icon: IconInbox },
  { to: '/pages', group: 'daily', label: text.pages, needs: 'READ_DRAFTS', Icon: IconFile },
  { to: '/therapies', group: 'daily', label: text.therapies, needs: 'READ_DRAFTS', Icon: IconHeart },
  { to: '/calendar', group: 'daily', label: text.calendar, needs: 'READ_DRAFTS', Icon: IconCalendar },
  { to: '/reports', group: 'daily', label: text.reports, needs: 'LIST_LEADS', or: 'READ_AUDIT', Icon: IconChartBar },
  { to: '/media', group: 'content', label: text.media, needs: 'READ_DRAFTS', Icon: IconPhoto },
  { to: '/library', group: 'content', label: text.library, needs: 'READ_DRAFTS', Icon: IconBooks },
  { to: '/redirects', group: 'content', label: text.redirects, needs: 'READ_DRAFTS', Icon: IconArrowRightToArc },
  { to: '/trash', group: 'content', label: text.trash, needs: 'READ_DRAFTS', Icon: IconTrash },
  { to: '/settings/phrases', group: 'settings', label: text.phrases, needs: 'MANAGE_SETTINGS', Icon: IconQuote },
  { to: '/settings/synonyms', group: 'settings', label: text.synonyms, needs: 'PUBLISH', Icon: IconArrowsLeftRight },
  { to: '/settings/forms', group: 'settings', label: text.forms, needs: 'MANAGE_SETTINGS', Icon: IconForms },
  {
    to: '/settings/referrals',
    group: 'settings',
    label: text.referrals,
    needs: 'MANAGE_SETTINGS',
    Icon: IconBuildingHospital,
  },
  { to: '/settings/webhooks', group: 'settings', label: text.webhooks, needs: 'MANAGE_SETTINGS', Icon: IconWebhook },
];

/** Looked at now and then, so they lie in the account's menu and not in the rail. */
const aside = [
  { to: '/notices', label: text.notices, needs: 'WORK_LEADS' },
  { to: '/retention', label: text.retention, needs: 'ERASE_LEADS' },
] as const;

/** As many as fit beside “More” on a phone. */
const mostInBar = 4;

/** Not every browser tells when it has nothing to do. */
const whenIdle = (then: () => void) => {
  if ('requestIdleCallback' in window) requestIdleCallback(then);
  else setTimeout(then, 2_000);
};

/** How many wait, kept fresh for the rail, the inbox' tabs and the browser's tab title alike. */
const useLeadCounts = (allowed: boolean) => {
  const [{ data }, refetch] = useQuery({ query: ShellLeadCounts, pause: !allowed });
  // While the server cannot be reached the last counts stay, as the list beside them does.
  const [last, setLast] = useState(data?.leadCounts);
  if (data?.leadCounts !== undefined && data.leadCounts !== last) setLast(data.leadCounts);
  const count = () => {
    if (allowed) refetch({ requestPolicy: 'network-only' });
  };
  const heard = useLive(ShellLeadChanged, {}, count, !allowed);
  usePolling(count, heard ? 60_000 : 5_000);
  useTitleCount(last?.unassigned ?? 0);
  // The first is told: of somebody in danger that, not that they wait.
  useAlert(last?.urgent, text.alert.urgent);
  useAlert(last?.unassigned, text.alert.waiting);
  return last;
};

export const Shell = () => {
  const viewer = useViewer();
  const session = useSession();
  const navigate = useNavigate();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const title = useCurrentTitle();
  const [sheet, setSheet] = useState(false);
  const [palette, setPalette] = useState(false);
  const closePalette = useCallback(() => {
    takeTyped();
    setPalette(false);
  }, []);
  const openPalette = useCallback(() => {
    typeAhead(closePalette);
    setPalette(true);
  }, [closePalette]);
  const may = (permission: Permission) => viewer.permissions.includes(permission);
  const open = rooms.filter(({ needs, or = needs }) => may(needs) || may(or));
  const places = [...open, ...aside.filter(({ needs }) => may(needs))];
  const counts = useLeadCounts(may('LIST_LEADS'));
  // On a tablet the words of the rail would take a third of every screen.
  const small = useMediaQuery('(max-width: 1000px)', undefined, { getInitialValueInEffect: false });
  const inside = /^\/(pages|therapies|leads)\/[^/]+/.exec(path)?.[1];

  useShortcuts(text.shortcuts.everywhere, [
    { key: '?', label: text.shortcuts.sheet, run: () => setSheet(true) },
    { key: `${modKey}K`, label: text.palette.title },
    { key: 'F8', label: text.shortcuts.message },
  ]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k')
        return;
      // In a text the same keys make a link.
      const inText = event.target instanceof HTMLElement && event.target.isContentEditable;
      if (event.defaultPrevented || inText || document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      openPalette();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [openPalette]);

  useEffect(() => whenIdle(CommandPalette.fetch), []);

  const link = ({ to, label, Icon }: Room) => (
    <Link key={to} to={to} title={label} className={classes['link']} activeProps={{ 'data-on': '' }}>
      <Icon size={17} stroke={1.75} />
      <span className={classes['label']}>{label}</span>
      {to === '/leads' && counts !== undefined && counts.open > 0 ? (
        <b className={classes['count']} data-urgent={counts.urgent > 0 || undefined}>
          <span aria-hidden="true">{counts.open}</span>
          <span className="visually-hidden">{text.leadsCount(counts.open)}</span>
        </b>
      ) : null}
    </Link>
  );
  const inBar = open.length > mostInBar ? open.slice(0, mostInBar - 1) : open;
  const more = open.slice(inBar.length);

  return (
    <div className={classes['shell']} data-narrow={small || inside === 'pages' || inside === 'therapies' || undefined}>
      <a href="#main" className={classes['skip']}>
        {text.skip}
      </a>
      <nav className={classes['rail']} aria-label={text.navigation}>
        <div className={classes['brand']}>
          <i aria-hidden="true" />
          <span className={classes['label']}>{text.product}</span>
        </div>
        <button type="button" className={classes['link']} title={text.palette.title} onClick={openPalette}>
          <IconSearch size={17} stroke={1.75} />
          <span className={classes['label']}>{text.palette.short}</span>
          <kbd className={classes['label']}>{modKey}K</kbd>
        </button>
        {(['daily', 'content', 'settings'] as const).map((group) => {
          const inGroup = open.filter((room) => room.group === group);
          return inGroup.length === 0 ? null : (
            <div key={group} className={classes['group']}>
              {group === 'daily' ? null : <span className={classes['heading']}>{text.groups[group]}</span>}
              {inGroup.map(link)}
            </div>
          );
        })}
        <span className={classes['grow']} />
        <AccountMenu onShortcuts={() => setSheet(true)} place="rail" />
      </nav>
      <main id="main" className={classes['sheet']} tabIndex={-1} data-bare={inside === 'leads' || undefined}>
        <Suspense fallback={<Pending />}>
          <NewFacts>
            <Outlet />
          </NewFacts>
        </Suspense>
      </main>
      {inside === 'leads' ? null : (
        <nav className={classes['bottom']} aria-label={text.navigation}>
          {inBar.map(link)}
          {more.length === 0 ? null : (
            <More on={more.some(({ to }) => path === to || path.startsWith(`${to}/`))}>
              <button type="button" className={classes['link']} onClick={openPalette}>
                <IconSearch size={17} stroke={1.75} />
                <span className={classes['label']}>{text.palette.short}</span>
              </button>
              {more.map(link)}
            </More>
          )}
          <AccountMenu onShortcuts={() => setSheet(true)} place="bottom" />
        </nav>
      )}
      <div role="status" className="visually-hidden">
        {title}
      </div>
      <Suspense fallback={null}>
        {palette ? (
          <CommandPalette
            searches={viewer.permissions.includes('READ_DRAFTS')}
            commands={places.map(({ to, label }) => ({
              id: to,
              label: text.palette.goTo(label),
              run: () => void navigate({ to }),
            }))}
            onClose={closePalette}
          />
        ) : null}
        {sheet ? <ShortcutSheet onClose={() => setSheet(false)} /> : null}
        {session.kind === 'expired' ? <ExpiredDialog viewer={session.viewer} /> : null}
      </Suspense>
      <GoTo rooms={open} go={(to) => void navigate({ to })} />
    </div>
  );
};

/** On a phone: the rooms that do not fit, in a sheet above the bar. */
const More = ({ on, children }: { on: boolean; children: ReactNode }) => {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="top" width={260} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes['link']}
          data-on={on || undefined}
          aria-expanded={open}
          aria-label={text.moreRooms}
          onClick={() => setOpen((was) => !was)}
        >
          <IconDots size={17} stroke={1.75} />
          <span className={classes['label']}>{text.more}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={text.moreRooms}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the links within are what is pressed; this only closes behind them. */}
        <div className={classes['more']} onClick={() => setOpen(false)}>
          {children}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
};

/** The daily rooms have a key each. */
const keys: { [to: string]: { key: string; label: string } } = {
  '/leads': { key: '1', label: text.shortcuts.leads },
  '/pages': { key: '2', label: text.shortcuts.pages },
  '/therapies': { key: '3', label: text.shortcuts.therapies },
};

const GoTo = ({ rooms: offered, go }: { rooms: Room[]; go: (to: Room['to']) => void }) => {
  useShortcuts(
    text.shortcuts.everywhere,
    offered.flatMap(({ to }) => {
      const known = keys[to];
      return known === undefined ? [] : [{ ...known, run: () => go(to) }];
    }),
  );
  return null;
};
