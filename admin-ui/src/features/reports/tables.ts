import type { Cell } from './csv';
import type { Progress, Report, Wait } from './queries';
import { text } from './text';
import { waitWords } from './wait';

const { progress, wait } = text;
const waitNames = [wait.attemptHalf, wait.attemptMost, wait.contactHalf, wait.contactMost];

export const progressHead = Object.values(progress);
export const progressOf = ({ received, reached, qualified, admitted }: Progress) => [
  received,
  reached,
  qualified,
  admitted,
];

export const waitHead = waitNames;
const secondsOf = (attempt: Wait, contact: Wait) => [
  attempt.p50Seconds,
  attempt.p90Seconds,
  contact.p50Seconds,
  contact.p90Seconds,
];
export const waitsOf = (attempt: Wait, contact: Wait): string[] =>
  secondsOf(attempt, contact).map((seconds) => (seconds === null ? text.noWait : waitWords(seconds)));

const waitCells = (attempt: Wait, contact: Wait): Cell[] => secondsOf(attempt, contact).map((seconds) => seconds ?? '');

export const pageName = ({ page, title }: Report['pages'][number]): string =>
  page === null ? text.pages.none : (title ?? text.pages.gone);

/** What a closed lead may have ended as, in the order in which the report tells it. */
export const outcomeHead = (report: Report): string[] =>
  report.outcomes.map(({ outcome }) => text.outcomes.outcomes[outcome]);

/** Part of a whole, where both are told. */
export const shareOf = (count: number | null, whole: number | null): string =>
  count === null || whole === null || whole === 0 ? text.noWait : `${Math.round((count / whole) * 100)} %`;

/** Each table as it is handed over; waits are in seconds, so that a spreadsheet can count with them. */
export const filesOf = (report: Report) => {
  const file = (name: string, head: string[], rows: Cell[][]) => ({
    name: text.file(name, report.from, report.to),
    rows: [head, ...rows],
  });
  const seconds = waitNames.map(text.wait.seconds);
  return {
    days: file(
      'days',
      [text.days.name, text.days.received],
      report.days.map(({ day, received }) => [day, received]),
    ),
    funnel: file(
      'funnel',
      [text.funnel.name, text.funnel.count],
      report.funnel.map(({ status, count }) => [text.funnel.statuses[status], count]),
    ),
    outcomes: file(
      'outcomes',
      [text.outcomes.name, text.outcomes.count],
      report.outcomes.map(({ outcome, count }) => [text.outcomes.outcomes[outcome], count]),
    ),
    pages: file(
      'pages',
      [text.pages.name, text.pages.path, ...progressHead],
      report.pages.map((row) => [pageName(row), row.path ?? '', ...progressOf(row.leads)]),
    ),
    placements: file(
      'placements',
      [text.placements.name, ...progressHead],
      report.placements.map(({ placement, leads }) => [placement ?? text.placements.none, ...progressOf(leads)]),
    ),
    campaigns: file(
      'campaigns',
      [text.campaigns.name, text.campaigns.source, ...progressHead],
      report.campaigns.map(({ campaign, source, leads }) => [campaign ?? '', source ?? '', ...progressOf(leads)]),
    ),
    insurance: file(
      'insurance',
      [text.insurance.name, ...progressHead, ...outcomeHead(report)],
      report.insurance.map(({ check, leads, outcomes }) => [
        text.insurance.checks[check],
        ...progressOf(leads),
        ...outcomes.map(({ count }) => count),
      ]),
    ),
    hours: file(
      'hours',
      [text.hours.name, text.hours.received, ...seconds],
      report.hours.map(({ hour, received, firstAttempt, firstContact }) => [
        text.hours.hour(hour),
        received,
        ...waitCells(firstAttempt, firstContact),
      ]),
    ),
    colleagues: file(
      'colleagues',
      [text.colleagues.name, text.colleagues.attempted, ...seconds],
      report.colleagues.map(({ assignee, firstAttempt, firstContact }) => [
        assignee?.name ?? text.colleagues.nobody,
        firstAttempt.count,
        ...waitCells(firstAttempt, firstContact),
      ]),
    ),
  };
};
