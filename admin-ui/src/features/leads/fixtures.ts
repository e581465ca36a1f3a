import type { Lead, LeadEvent, LeadRow } from './queries';

/* Leads, events and consents for tests; each fills in what the test does not care about. */

export const aLead = (id: string, given: Partial<LeadRow> = {}): LeadRow => ({
  id,
  reference: `HS-${id}`,
  version: 1,
  status: 'NEW',
  outcome: null,
  priority: 'NORMAL',
  receivedAt: '2026-11-24T10:00:00Z',
  respondBy: '2026-11-24T10:05:00Z',
  firstAttemptAt: null,
  firstContactAt: null,
  nextActionAt: '2026-11-24T10:05:00Z',
  name: 'S••••• V••••••',
  relationship: 'SELF',
  sourcePath: '/ketamine-side-effects',
  sourceTitle: 'Ketamine side effects',
  placement: null,
  suspectedSpam: false,
  erasedAt: null,
  mergedAt: null,
  mergedInto: null,
  assignee: null,
  safeContact: { preferred: null },
  nextStatuses: [],
  ...given,
});

export const anEvent = (id: string, given: Partial<LeadEvent> = {}): LeadEvent => ({
  id,
  kind: 'RECEIVED',
  at: '2026-11-24T10:00:00Z',
  actor: null,
  fromStatus: null,
  toStatus: null,
  outcome: null,
  assignee: null,
  callOutcome: null,
  seconds: null,
  answered: null,
  nextActionAt: null,
  priority: null,
  consent: null,
  suppressionReason: null,
  inbound: false,
  taskKind: null,
  taskChange: null,
  insuranceCheck: null,
  referralTarget: null,
  corrected: null,
  ofPatient: false,
  reference: null,
  other: null,
  text: null,
  ...given,
});

type Consent = NonNullable<Lead['consent']>;

export const aConsent = (given: Partial<Consent> = {}): Consent => ({
  wording: 'You may contact me.',
  version: 1,
  at: '2026-11-24T10:00:00Z',
  withdrawnAt: null,
  texts: false,
  ...given,
});
