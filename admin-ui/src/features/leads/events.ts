import type { LeadEvent } from './queries';
import { suppressionText } from './suppression/text';
import { taskEvents, taskKinds } from './tasks/words';
import { text } from './text';
import { timelineText } from './timelineText';

export type TimelineDay = { day: string; label: string; events: LeadEvent[] };

const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long' });
const withYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' });

/** The events newest first, under the day they happened on where the reader is. */
export const byDay = (events: LeadEvent[], now: number): TimelineDay[] => {
  const days: TimelineDay[] = [];
  for (const event of newestFirst(events)) {
    const day = localDay(new Date(event.at));
    const last = days.at(-1);
    if (last?.day === day) last.events.push(event);
    else days.push({ day, label: dayLabel(new Date(event.at), new Date(now)), events: [event] });
  }
  return days;
};

/** What a merged lead says of its merging is left out: the lead itself says so. */
export const eventsOf = (lead: string, events: LeadEvent[]): LeadEvent[] =>
  events.filter(({ other }) => other?.id !== lead);

/** Ids of events grow with time, so they settle what the clock does not. */
export const newestFirst = (events: LeadEvent[]): LeadEvent[] =>
  events.toSorted(
    (one, other) => Date.parse(other.at) - Date.parse(one.at) || (other.id > one.id ? 1 : other.id < one.id ? -1 : 0),
  );

/** What happened, as a sentence to `viewer`; a note's words stand below it. */
export const eventWords = (event: LeadEvent, viewer: string): string => {
  const by = event.actor === null ? null : event.actor.id === viewer ? text.you : event.actor.name;
  const words = timelineText;
  switch (event.kind) {
    case 'RECEIVED':
      return by === null ? words.received : words.receivedBy(by);
    case 'VIEWED':
      return words.viewed(by);
    case 'NOTE':
      return words.note(by);
    case 'STATUS':
      return words.status(
        by,
        event.fromStatus === null ? null : text.status[event.fromStatus],
        event.toStatus === null ? null : text.status[event.toStatus],
        event.outcome === null ? null : text.outcome[event.outcome],
      );
    case 'ASSIGNED':
      if (event.assignee === null) return words.returned(by);
      if (event.assignee.id === event.actor?.id) return words.taken(by);
      return words.assigned(by, event.assignee.id === viewer ? text.youObject : event.assignee.name);
    case 'CALL':
      if (event.inbound) return words.calledIn(by, minutes(event.seconds), event.ofPatient);
      return words.call(
        by,
        event.callOutcome === null ? null : text.call[event.callOutcome],
        minutes(event.seconds),
        event.ofPatient,
      );
    case 'TEXT':
      return words.texted(by, event.answered === true, event.ofPatient);
    case 'EMAIL':
      return words.emailed(by, event.answered === true, event.ofPatient);
    case 'NEXT_ACTION':
      return words.next(by);
    case 'TASK':
      if (event.taskChange === null || event.taskKind === null) return words.task(by);
      return taskEvents[event.taskChange](by ?? words.somebody, taskKinds[event.taskKind].toLowerCase());
    case 'PRIORITY':
      return event.priority === 'URGENT' ? words.urgent(by) : words.notUrgent(by);
    case 'INSURANCE':
      return words.insurance(by, event.insuranceCheck === null ? null : text.insuranceCheck[event.insuranceCheck]);
    case 'LEVEL_OF_CARE':
      return words.levelOfCare(by);
    case 'HANDED_OVER':
      return words.handedOver(by);
    case 'CORRECTED':
      return words.corrected(
        by,
        (event.corrected ?? []).map((field) => words.fields[field]),
        event.ofPatient,
      );
    case 'REFERRED':
      return words.referred(by, event.referralTarget?.name ?? null);
    case 'REFERRAL_REVOKED':
      return words.referralRevoked(event.referralTarget?.name ?? null);
    case 'ESTIMATE_GIVEN':
      return words.estimate(by);
    case 'CLEARED':
      return words.cleared(by);
    case 'CONSENT_GIVEN':
      return words.consented(by, event.consent === 'TEXTS', event.ofPatient);
    case 'CONSENT_WITHDRAWN':
      if (event.ofPatient) return words.patientTookBack;
      return event.consent === 'TEXTS' ? words.noTexts : words.noContact;
    case 'SUPPRESSED':
      return words.suppressed(
        by,
        event.suppressionReason === null ? null : suppressionText.reasons[event.suppressionReason],
      );
    case 'SUPPRESSION_LIFTED':
      return words.lifted(by);
    case 'LEASE_EXPIRED':
      return words.expired(event.assignee?.name ?? null);
    case 'MERGED':
      return words.merged(by, event.other?.reference ?? null);
    case 'UNMERGED':
      return words.unmerged(by, event.other?.reference ?? null);
    case 'EXPORTED':
      return words.exported(by);
    case 'HELD':
      return words.held(by);
    case 'RELEASED':
      return words.released(by);
    case 'ERASED':
      return words.erased(by);
  }
};

/** What others and oneself did between two readings of a lead, oldest first. Who only looked changed nothing. */
export const happenedSince = (before: LeadEvent[], after: LeadEvent[], viewer: string): string[] => {
  const known = new Set(before.map(({ id }) => id));
  return newestFirst(after.filter(({ id, kind }) => !known.has(id) && kind !== 'VIEWED' && kind !== 'EXPORTED'))
    .toReversed()
    .map((event) => eventWords(event, viewer));
};

/** Seconds as minutes, rounded up; null where nobody said. */
const minutes = (seconds: number | null): number | null => (seconds === null ? null : Math.ceil(seconds / 60));

const localDay = (date: Date): string => `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;

const dayLabel = (date: Date, now: Date): string => {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (localDay(date) === localDay(now)) return timelineText.today;
  if (localDay(date) === localDay(yesterday)) return timelineText.yesterday;
  return (date.getFullYear() === now.getFullYear() ? weekday : withYear).format(date);
};
