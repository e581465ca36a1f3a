import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type ParsedLocation,
  redirect,
  useParams,
} from '@tanstack/react-router';
import { lazy } from 'react';
import * as z from 'zod/mini';
import { ErrorPage, NotFound, Pending, Unreachable } from '~/app/ErrorPage';
import { currentSession, ready } from '~/gql/session';

const optionalText = z.catch(z.optional(z.string().check(z.maxLength(200))), undefined);
const entrySearch = z.object({
  q: optionalText,
  status: z.catch(z.optional(z.enum(['DRAFT', 'LIVE', 'LIVE_WITH_CHANGES'])), undefined),
  sort: z.catch(z.optional(z.enum(['TITLE', 'PATH'])), undefined),
  mine: z.catch(z.optional(z.literal(true)), undefined),
  planned: z.catch(z.optional(z.literal(true)), undefined),
  checks: z.catch(z.optional(z.enum(['BLOCKS', 'WARNS'])), undefined),
});
const pageSearch = z.extend(entrySearch, {
  mode: z.catch(z.optional(z.literal('tree')), undefined),
  kind: z.catch(z.optional(z.enum(['ARTICLE', 'STANDARD', 'LANDING', 'HOME'])), undefined),
});
const day = z.catch(z.optional(z.iso.date()), undefined);
/** Several, with commas. */
const severalTexts = z.catch(z.optional(z.string().check(z.maxLength(2_000))), undefined);
const leadSearch = z.object({
  view: z.catch(z.optional(z.enum(['OPEN', 'MINE', 'UNASSIGNED', 'URGENT', 'OVERDUE', 'CLOSED', 'ALL'])), undefined),
  status: severalTexts,
  who: severalTexts,
  priority: z.catch(z.optional(z.enum(['NORMAL', 'URGENT'])), undefined),
  care: severalTexts,
  insurance: severalTexts,
  form: optionalText,
  page: optionalText,
  place: optionalText,
  from: day,
  to: day,
  overdue: z.catch(z.optional(z.literal(true)), undefined),
  order: z.catch(z.optional(z.enum(['OLDEST', 'RESPOND_BY', 'NEXT_ACTION'])), undefined),
  mode: z.catch(z.optional(z.literal('board')), undefined),
});
const librarySearch = z.object({ q: optionalText });
const mediaSearch = z.object({
  q: optionalText,
  view: z.catch(z.optional(z.enum(['missing', 'unused', 'trash'])), undefined),
  tag: optionalText,
  open: optionalText,
});
const calendarSearch = z.object({
  month: z.catch(z.optional(z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/))), undefined),
});
const reportSearch = z.object({
  span: z.catch(z.optional(z.enum(['7', '90', 'year', 'own'])), undefined),
  from: day,
  to: day,
});
const loginSearch = z.object({ next: optionalText });

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: ErrorPage });

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (search) => z.parse(loginSearch, search),
  beforeLoad: async () => {
    if ((await ready()).kind === 'in') throw redirect({ to: '/' });
  },
  component: lazyRouteComponent(() => import('~/features/session/SignIn'), 'SignIn'),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('~/features/session/SetUp'), 'SetUp'),
});

/** Nobody comes past who is not signed in. */
const signedIn = async ({ location }: { location: ParsedLocation }) => {
  const session = await ready();
  if (session.kind === 'unreachable') throw new Unreachable();
  if (session.kind === 'out') {
    throw redirect({ to: '/login', search: location.pathname === '/' ? {} : { next: location.href } });
  }
};

/** Everything behind the sign-in, but for what is a window of its own. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('~/app/Shell'), 'Shell'),
});

const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    const session = currentSession();
    const leads = 'viewer' in session && session.viewer.permissions.includes('LIST_LEADS');
    throw redirect({ to: leads ? '/leads' : '/pages', replace: true });
  },
});

const leadsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/leads',
  validateSearch: (search) => z.parse(leadSearch, search),
  component: lazyRouteComponent(() => import('~/features/leads/Inbox'), 'Inbox'),
});

const leadRoute = createRoute({ getParentRoute: () => leadsRoute, path: '$id' });

const pagesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/pages',
  validateSearch: (search) => z.parse(pageSearch, search),
  component: lazyRouteComponent(() => import('~/features/pages/PagesList'), 'PagesList'),
});

const PageEditor = lazy(async () => ({ default: (await import('~/features/pages/PageEditor')).PageEditor }));

const pageRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/pages/$id',
  component: function PageRoute() {
    const { id } = useParams({ from: '/shell/pages/$id' });
    return <PageEditor key={id} id={id} />;
  },
});

/** Lies over the editor, which reads from the address what to compare. */
const pageCompareRoute = createRoute({ getParentRoute: () => pageRoute, path: 'compare/$a/$b' });

const therapiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/therapies',
  validateSearch: (search) => z.parse(entrySearch, search),
  component: lazyRouteComponent(() => import('~/features/therapies/TherapiesList'), 'TherapiesList'),
});

const TherapyEditor = lazy(async () => ({
  default: (await import('~/features/therapies/TherapyEditor')).TherapyEditor,
}));

const therapyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/therapies/$id',
  component: function TherapyRoute() {
    const { id } = useParams({ from: '/shell/therapies/$id' });
    return <TherapyEditor key={id} id={id} />;
  },
});

const therapyCompareRoute = createRoute({ getParentRoute: () => therapyRoute, path: 'compare/$a/$b' });

const PagePreview = lazy(async () => ({ default: (await import('~/features/pages/PagePreview')).PagePreview }));

const pagePreviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/pages/$id/preview',
  beforeLoad: signedIn,
  component: function PagePreviewRoute() {
    const { id } = useParams({ from: '/pages/$id/preview' });
    return <PagePreview key={id} id={id} />;
  },
});

const TherapyPreview = lazy(async () => ({
  default: (await import('~/features/therapies/TherapyPreview')).TherapyPreview,
}));

const therapyPreviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/therapies/$id/preview',
  beforeLoad: signedIn,
  component: function TherapyPreviewRoute() {
    const { id } = useParams({ from: '/therapies/$id/preview' });
    return <TherapyPreview key={id} id={id} />;
  },
});

const calendarRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/calendar',
  validateSearch: (search) => z.parse(calendarSearch, search),
  component: lazyRouteComponent(() => import('~/features/calendar/Calendar'), 'Calendar'),
});

const reportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports',
  validateSearch: (search) => z.parse(reportSearch, search),
  component: lazyRouteComponent(() => import('~/features/reports/Reports'), 'Reports'),
});

const libraryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/library',
  component: lazyRouteComponent(() => import('~/features/library/Library'), 'LibraryStart'),
});

const factsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/library/$kind',
  validateSearch: (search) => z.parse(librarySearch, search),
  component: lazyRouteComponent(() => import('~/features/library/Library'), 'Library'),
});

const factRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/library/$kind/$id',
  component: lazyRouteComponent(() => import('~/features/library/FactScreen'), 'FactScreen'),
});

const mediaRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/media',
  validateSearch: (search) => z.parse(mediaSearch, search),
  component: lazyRouteComponent(() => import('~/features/media/MediaLibrary'), 'MediaLibrary'),
});

const redirectsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/redirects',
  validateSearch: (search) => z.parse(librarySearch, search),
  component: lazyRouteComponent(() => import('~/features/redirects/Redirects'), 'Redirects'),
});

const trashRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/trash',
  component: lazyRouteComponent(() => import('~/features/trash/Trash'), 'Trash'),
});

const noticesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/notices',
  component: lazyRouteComponent(() => import('~/features/notices/Notices'), 'Notices'),
});

const retentionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/retention',
  component: lazyRouteComponent(() => import('~/features/retention/Retention'), 'Retention'),
});

const formsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/forms',
  component: lazyRouteComponent(() => import('~/features/forms/Forms'), 'Forms'),
});

const formRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/forms/$key',
  component: lazyRouteComponent(() => import('~/features/forms/FormScreen'), 'FormScreen'),
});

const referralsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/referrals',
  component: lazyRouteComponent(() => import('~/features/referrals/Referrals'), 'Referrals'),
});

const webhooksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/webhooks',
  component: lazyRouteComponent(() => import('~/features/webhooks/Webhooks'), 'Webhooks'),
});

const webhookRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/webhooks/$id',
  component: lazyRouteComponent(() => import('~/features/webhooks/WebhookScreen'), 'WebhookScreen'),
});

const synonymsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/synonyms',
  component: lazyRouteComponent(() => import('~/features/synonyms/Synonyms'), 'Synonyms'),
});

const phrasesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/phrases',
  component: lazyRouteComponent(() => import('~/features/phrases/Phrases'), 'Phrases'),
});

export const router = createRouter({
  basepath: '/admin',
  routeTree: rootRoute.addChildren([
    loginRoute,
    setupRoute,
    pagePreviewRoute,
    therapyPreviewRoute,
    shellRoute.addChildren([
      overviewRoute,
      leadsRoute.addChildren([leadRoute]),
      pagesRoute,
      pageRoute.addChildren([pageCompareRoute]),
      therapiesRoute,
      therapyRoute.addChildren([therapyCompareRoute]),
      calendarRoute,
      reportsRoute,
      libraryRoute,
      factsRoute,
      factRoute,
      mediaRoute,
      redirectsRoute,
      trashRoute,
      noticesRoute,
      retentionRoute,
      synonymsRoute,
      phrasesRoute,
      formsRoute,
      formRoute,
      referralsRoute,
      webhooksRoute,
      webhookRoute,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPendingComponent: Pending,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
