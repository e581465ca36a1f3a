import type { CallOutcome, ContactMethod, LeadOutcome, LeadRelationship, LeadStatus, LeadView } from './queries';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const text = {
  title: 'Leads',
  leadTitle: (reference: string) => `Lead ${reference}`,
  you: 'You',
  youObject: 'you',
  urgent: 'Urgent',
  urgentCount: (count: number) => `${count} urgent`,
  live: 'Live',
  liveHelp: 'New leads appear by themselves within five seconds.',
  back: 'Back to the list',
  closeNotice: 'Close this message',
  cancel: 'Cancel',
  failed: 'Something went wrong. Try again.',

  forbidden: {
    title: 'Leads are not for your role',
    body: 'What people write in confidence is open to admissions staff only. Ask the owner of the centre if you need it for your work.',
  },
  maskedOnly:
    'You see that leads come in, but not who wrote: your role administers without reading health data. Admissions staff reveal and work them.',

  views: {
    label: 'Views',
    count: (count: number) => plural(count, 'lead', 'leads'),
    names: {
      OPEN: 'Open',
      MINE: 'Mine',
      UNASSIGNED: 'Unassigned',
      URGENT: 'Urgent',
      OVERDUE: 'Overdue',
      CLOSED: 'Closed',
      ALL: 'All',
    } satisfies Record<LeadView, string>,
    empty: {
      OPEN: { title: 'Nobody is waiting', body: 'No lead is open. The next one appears here by itself.' },
      MINE: { title: 'None of yours is open', body: 'Leads you take, or that a colleague gives you, stand here.' },
      UNASSIGNED: { title: 'The queue is empty', body: 'Every open lead has somebody who works it.' },
      URGENT: { title: 'Nothing urgent', body: 'Leads that cannot wait stand here, day and night.' },
      OVERDUE: { title: 'Nothing is overdue', body: 'Leads on which somebody should have acted by now stand here.' },
      CLOSED: { title: 'None closed yet', body: 'Leads end here, with how they ended.' },
      ALL: { title: 'No leads yet', body: 'When somebody sends the form on one of your pages, it appears here.' },
    } satisfies Record<LeadView, { title: string; body: string }>,
  },

  list: {
    label: 'Leads',
    failed: 'The leads could not be loaded',
    stale: (time: string) => `Reconnecting; list from ${time}`,
    silent: 'The server does not answer. It is asked again every few seconds.',
    fresh: 'Just arrived',
    unassigned: 'Nobody has it',
    spam: 'Possible spam',
    more: 'Show more',
    shown: (count: number, total: number) => `${count} of ${total}`,
    above: (count: number) => `${plural(count, 'new lead', 'new leads')} above`,
    arrived: (count: number, urgent: number) =>
      `${plural(count, 'new lead', 'new leads')}${urgent > 0 ? `, ${urgent} urgent` : ''}.`,
    prefers: {
      PHONE: 'wants a call',
      TEXT: 'wants a text',
      EMAIL: 'wants an e-mail',
    } satisfies Record<ContactMethod, string>,
  },

  relationship: {
    SELF: 'For themself',
    LOVED_ONE: 'For somebody they love',
    PROFESSIONAL: 'For somebody in their care',
    OTHER: 'For somebody else',
  } satisfies Record<LeadRelationship, string>,

  status: {
    NEW: 'New',
    ATTEMPTING: 'Trying to reach',
    CONTACTED: 'Contacted',
    QUALIFIED: 'Qualified',
    SCHEDULED: 'Scheduled',
    ADMITTED: 'Admitted',
    CLOSED: 'Closed',
  } satisfies Record<LeadStatus, string>,
  statusHelp: {
    NEW: 'Nobody has tried to answer yet.',
    ATTEMPTING: 'Somebody has tried, without reaching the person.',
    CONTACTED: 'The person was reached.',
    QUALIFIED: 'The centre can help.',
    SCHEDULED: 'A day is agreed.',
    ADMITTED: 'The person is here.',
    CLOSED: 'It has ended; say how.',
  } satisfies Record<LeadStatus, string>,
  reopen: (status: string) => `Reopen as ${status.toLowerCase()}`,

  outcome: {
    ADMITTED_ELSEWHERE: 'Found treatment elsewhere',
    REFERRED_OUT: 'Referred to somebody else',
    NOT_INTERESTED: 'Does not want help now',
    UNREACHABLE: 'Could not be reached',
    NOT_ELIGIBLE: 'The centre cannot help',
    SPAM: 'Spam',
    DUPLICATE: 'Wrote before',
    OTHER: 'Something else',
  } satisfies Record<LeadOutcome, string>,

  call: {
    REACHED: 'Reached',
    VOICEMAIL: 'Left a voicemail',
    NO_ANSWER: 'No answer',
    BUSY: 'Busy',
    WRONG_NUMBER: 'Wrong number',
    REFUSED: 'Did not want to speak',
  } satisfies Record<CallOutcome, string>,

  shortcuts: {
    list: 'Leads',
    next: 'Next lead',
    previous: 'Previous lead',
    open: 'Open the lead',
    lead: 'This lead',
    assign: 'Assign to me',
    status: 'Change the status',
    note: 'Write a note',
    reveal: 'Reveal or hide the person',
    close: 'Close with an outcome',
  },

  none: {
    title: 'Choose a lead',
    body: 'The list stays as you left it, and new leads join it by themselves.',
  },
  lead: {
    label: 'Lead',
    loading: 'Loading the lead…',
    failed: 'The lead could not be loaded',
    missing: {
      title: 'This lead is not here',
      body: 'It may have been erased, or the address is incomplete.',
      action: 'Show the list',
    },
    received: 'received',
    outcome: (outcome: string) => `Closed: ${outcome.toLowerCase()}`,
  },

  safe: {
    label: 'How to reach this person safely',
    voicemail: { yes: 'Voicemail is fine.', no: 'No voicemail.' },
    text: { yes: 'Text is fine.', unsafe: 'No texts.', 'no-consent': 'No texts: they did not agree to any.' },
    sayWho: { yes: 'You may say who is calling.', no: 'Do not say who is calling.' },
    preferred: {
      PHONE: 'Prefers a call',
      TEXT: 'Prefers a text',
      EMAIL: 'Prefers an e-mail',
    } satisfies Record<ContactMethod, string>,
    bestTime: 'Best time:',
    withdrawn: 'They took their consent back. Do not contact them.',
  },

  contact: {
    title: 'Contact',
    phone: 'Phone',
    email: 'E-mail',
    notGiven: 'not given',
    ways: { PHONE: 'Call', TEXT: 'Text', EMAIL: 'E-mail' } satisfies Record<ContactMethod, string>,
    insurance: 'Insurance',
    noInsurance: 'Nothing said about insurance.',
    message: 'Message',
    noMessage: 'They left the message empty.',
    maskedMessage: 'The message is shown once you reveal the person.',
    maskedMessageForbidden: 'Only admissions staff read messages.',
    reveal: 'Reveal',
    hide: 'Hide',
    shownUntil: (time: string) => `Shown until ${time}`,
    hidden: 'The person is hidden again.',
  },

  reveal: {
    title: 'Reveal this person',
    lead: 'Your name, the time and the reason go on record.',
    legend: 'Why do you need to see it?',
    reasons: [
      'I am about to answer this person.',
      'I am preparing the next step with them.',
      'I am checking whether they wrote before.',
      'I am standing in for a colleague.',
    ],
    other: 'Another reason',
    words: 'The reason',
    wordsHelp: 'Leave out names and health details: it is read in the audit log.',
    submit: 'Reveal',
    noReason: 'Choose a reason.',
    noWords: 'Say why, in a few words.',
    unreachable: 'The server cannot be reached. Nothing was revealed; try again in a moment.',
  },

  assign: {
    label: (name: string | null) => (name === null ? 'Assign: nobody has it' : `Assign: ${name} has it`),
    nobody: 'Unassigned',
    me: 'Assign to me',
    queue: 'Back to the queue',
    colleagues: 'Colleagues',
    noColleagues: 'Nobody else works leads yet.',
    staffFailed: 'The colleagues could not be loaded.',
    mine: 'It is yours already.',
    failed: 'Not assigned.',
  },

  statusDialog: {
    open: 'Status',
    title: 'Change the status',
    closeTitle: 'Close this lead',
    now: (status: string) => `It is “${status}” now.`,
    legend: 'What follows',
    outcomeLegend: 'How did it end?',
    submit: (status: string) => `Set to “${status}”`,
    submitNone: 'Change',
    submitClose: 'Close the lead',
    noStatus: 'Choose what follows.',
    noOutcome: 'Say how it ended: choose an outcome.',
    notOffered: 'What you chose does not follow from there. Choose again.',
    closedAlready: 'It is closed already.',
    nothingFollows: (status: string) => `Nothing follows “${status}”.`,
  },

  note: {
    label: 'Add a note',
    help: 'Everybody who works leads reads it.',
    submit: 'Save note',
    empty: 'Write the note first.',
    failed: 'Not saved; what you wrote is still here.',
  },

  conflict: {
    title: 'Not done: this lead changed while you had it open.',
    unknown: 'Somebody changed it.',
    retry: 'Look at it, and do it again if it still fits.',
  },

  timeline: {
    title: 'Timeline',
    today: 'Today',
    yesterday: 'Yesterday',
    received: 'Received',
    viewed: (by: string | null) => `${by ?? 'Somebody'} revealed the person`,
    note: (by: string | null) => `${by ?? 'Somebody'} noted`,
    taken: (by: string | null) => `${by ?? 'Somebody'} took it`,
    returned: (by: string | null) => (by === null ? 'Went back to the queue' : `${by} gave it back to the queue`),
    assigned: (by: string | null, to: string) => (by === null ? `Assigned to ${to}` : `${by} assigned it to ${to}`),
    status: (by: string | null, from: string | null, to: string | null, outcome: string | null) =>
      [
        `${by ?? 'Somebody'} changed the status`,
        from === null ? '' : ` from “${from}”`,
        to === null ? '' : ` to “${to}”`,
        outcome === null ? '' : `: ${outcome.toLowerCase()}`,
      ].join(''),
    call: (by: string | null, outcome: string | null, minutes: number | null) =>
      [
        `${by ?? 'Somebody'} called`,
        outcome === null ? '' : `: ${outcome.toLowerCase()}`,
        minutes === null ? '' : ` (${minutes} min)`,
      ].join(''),
    texted: (by: string | null, answered: boolean) =>
      `${by ?? 'Somebody'} wrote a text${answered ? ' and got an answer' : ''}`,
    emailed: (by: string | null, answered: boolean) =>
      `${by ?? 'Somebody'} wrote an e-mail${answered ? ' and got an answer' : ''}`,
    next: (by: string | null) => `${by ?? 'Somebody'} said when it goes on`,
    urgent: (by: string | null) => (by === null ? 'Raised to urgent' : `${by} raised it to urgent`),
    notUrgent: (by: string | null) => (by === null ? 'No longer urgent' : `${by} said it is not urgent`),
    expired: (had: string | null) =>
      had === null ? 'Nobody tried in time: back to the queue' : `${had} did not try in time: back to the queue`,
    hiddenNote: 'Only admissions staff read notes.',
  },

  origin: {
    source: 'Came from',
    page: 'Page',
    path: 'Address',
    placement: 'Form',
    received: 'Received',
    consent: 'Consent',
    version: 'Wording',
    versionOf: (version: number) => `version ${version}`,
    at: 'Given',
    texts: 'Texts',
    textsYes: 'agreed to',
    textsNo: 'not agreed to',
    withdrawn: 'Taken back',
    noConsent: 'No consent is on record.',
  },

  bar: { label: 'Actions', reveal: 'Reveal', status: 'Status', note: 'Note' },
};
