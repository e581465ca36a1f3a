import { mostDays, type Span } from './range';

const number = new Intl.NumberFormat('en');
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
const shortDay = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dateOf = (text: string) => new Date(`${text}T00:00:00Z`);

/** What stands in place of a number that is not told. */
const suppressed = 'under 5';

export const text = {
  title: 'Reports',
  failed: 'The report could not be loaded',
  forbidden: {
    title: 'Reports are not for your role',
    body: 'They are for admissions, for who administers the centre and for auditors.',
  },
  range: {
    label: 'Days',
    spans: {
      '7': 'Last 7 days',
      '30': 'Last 30 days',
      '90': 'Last 90 days',
      year: 'This year',
      own: 'Days of my own',
    } satisfies Record<Span, string>,
    from: 'From',
    to: 'To',
    problems: {
      backwards: 'Choose the same day or a later one.',
      long: `Choose ${mostDays} days at the most.`,
    },
    said: (from: string, to: string, zone: string) =>
      `${day.format(dateOf(from))}${from === to ? '' : ` to ${day.format(dateOf(to))}`}, by the clock of ${zone.replaceAll('_', ' ')}`,
  },
  rounded:
    'Numbers are rounded down to a multiple of five, and those below five are not shown: somebody might know whom a small number is about.',
  suppressed,
  empty: {
    title: 'Nobody wrote on these days',
    body: 'Reports say from which pages people write, how far they get and how long they wait. Choose other days to see some.',
  },
  none: 'Nobody yet.',
  number: (count: number | null) => (count === null ? suppressed : number.format(count)),
  day: (at: string) => day.format(dateOf(at)),
  shortDay: (at: string) => shortDay.format(dateOf(at)),
  span: (from: string, to: string) =>
    from === to ? day.format(dateOf(from)) : `${shortDay.format(dateOf(from))} to ${day.format(dateOf(to))}`,
  noWait: '–',
  csv: 'CSV',
  csvOf: (table: string) => `${table} as CSV`,
  file: (table: string, from: string, to: string) => `leads-${table}-${from}-${to}.csv`,
  table: 'As a table',
  totals: {
    title: 'Altogether',
    received: 'Received',
    spam: 'Spam, counted apart',
    attempt: 'Until the first attempt',
    contact: 'Until the first contact',
    half: 'half within',
    most: 'nine in ten within',
    nobody: 'nobody yet',
  },
  days: {
    title: 'Received',
    caption: 'How many were received on each day',
    name: 'Day',
    received: 'Received',
    most: (count: number) => `At most ${number.format(count)}`,
    weeks: 'Each column is seven days.',
  },
  funnel: {
    title: 'How far they got',
    help: 'A closed lead counts as far as somebody tried, or reached the person; that it was qualified before is not counted.',
    name: 'Got at least to',
    count: 'People',
    share: 'Of those received',
    statuses: {
      NEW: 'Received',
      ATTEMPTING: 'Attempted',
      CONTACTED: 'Reached',
      QUALIFIED: 'Qualified',
      SCHEDULED: 'Scheduled',
      ADMITTED: 'Admitted',
      CLOSED: 'Closed',
    },
  },
  outcomes: {
    title: 'How closed ones ended',
    name: 'Outcome',
    count: 'People',
    outcomes: {
      ADMITTED_ELSEWHERE: 'Admitted elsewhere',
      REFERRED_OUT: 'Referred out',
      NOT_INTERESTED: 'Not interested',
      UNREACHABLE: 'Unreachable',
      NOT_ELIGIBLE: 'Not eligible',
      SPAM: 'Spam',
      DUPLICATE: 'Duplicate',
      OTHER: 'Other',
    },
  },
  pages: {
    title: 'From which page',
    name: 'Page',
    path: 'Path',
    none: 'No page: by telephone, from a therapy or from elsewhere',
    gone: 'A page that is gone',
  },
  placements: {
    title: 'From which place on it',
    name: 'Place',
    none: 'Not known',
    help: 'An erased lead keeps its page and not its place.',
  },
  campaigns: {
    title: 'By campaign',
    name: 'Campaign',
    source: 'Source',
    of: (campaign: string | null, source: string | null) =>
      campaign === null && source === null
        ? 'None known'
        : `${campaign ?? 'No name'}${source === null ? '' : `, ${source}`}`,
    help: 'As the link to the page named it (utm_campaign and utm_source). Of an erased lead none is known.',
  },
  insurance: {
    title: 'By insurance',
    help: 'By how far its check is now; then how those that are closed ended.',
    name: 'Insurance',
    checks: {
      NOT_NEEDED: 'Nothing to ask',
      NEEDED: 'To be checked',
      SUBMITTED: 'Asked, no answer yet',
      IN_NETWORK: 'In network',
      OUT_OF_NETWORK: 'Out of network',
      NOT_COVERED: 'Not covered',
      SELF_PAY: 'Pays themselves',
    },
  },
  progress: { received: 'Received', reached: 'Reached', qualified: 'Qualified', admitted: 'Admitted' },
  hours: {
    title: 'By hour of the day',
    help: 'By the hour in which they wrote. A wait begins then, also while nobody is there.',
    name: 'Hour',
    received: 'Received',
    hour: (hour: number) => `${String(hour).padStart(2, '0')}:00`,
  },
  colleagues: {
    title: 'By colleague',
    help: 'By who has them now, whoever tried first.',
    name: 'Colleague',
    nobody: 'Nobody’s now',
    attempted: 'Attempted',
  },
  wait: {
    attemptHalf: 'First attempt, half',
    attemptMost: 'First attempt, 9 in 10',
    contactHalf: 'First contact, half',
    contactMost: 'First contact, 9 in 10',
    seconds: (name: string) => `${name} (seconds)`,
  },
};
