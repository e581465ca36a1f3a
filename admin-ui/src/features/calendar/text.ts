const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' });
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

/** As a clock in another zone has it; the day only where it is another there. */
const elsewhere = (at: Date, timeZone: string): string => {
  const there = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(at);
  const date = { day: 'numeric', month: 'short' } as const;
  const sameDay = there(date) === new Intl.DateTimeFormat('en-GB', date).format(at);
  const time = there({ timeStyle: 'short' });
  return `${sameDay ? time : `${there(date)}, ${time}`} in ${timeZone}`;
};

export const text = {
  title: 'Calendar',
  month: (at: Date) => month.format(at),
  caption: (at: Date) => `What is planned in ${month.format(at)}`,
  day: (at: Date) => day.format(at),
  time: (at: Date) => clock.format(at),
  elsewhere,
  weekdays: [
    ['Mon', 'Monday'],
    ['Tue', 'Tuesday'],
    ['Wed', 'Wednesday'],
    ['Thu', 'Thursday'],
    ['Fri', 'Friday'],
    ['Sat', 'Saturday'],
    ['Sun', 'Sunday'],
  ] as const,
  previous: 'Previous month',
  next: 'Next month',
  today: 'Today',
  empty: 'Nothing is planned this month.',
  emptyHelp: 'Publish a page or a therapy “At a time”, and it stands here.',
  failed: 'The calendar could not be loaded',
  actions: {
    PUBLISH: { PENDING: 'Publish', DONE: 'Published', FAILED: 'Not published' },
    UNPUBLISH: { PENDING: 'Take back', DONE: 'Taken back', FAILED: 'Not taken back' },
  },
  late: 'Late',
  wasLate: 'Done well after its time: the server was not running then.',
  waits: 'Its time has come. The server is at it, or tries again soon.',
  by: (name: string) => `planned by ${name}`,
  callOff: {
    ask: (title: string) => `Call off ${title}`,
    question: 'Call it off?',
    now: 'Call off',
    keep: 'Keep it',
    short: 'Call off…',
    done: (title: string) => `Called off: ${title}`,
    refused: 'It was not called off.',
  },
  putAway: {
    short: 'Put away',
    ask: (title: string) => `Put away ${title}`,
    done: (title: string) => `Put away: ${title}`,
  },
};
