import type { LeadRow, LeadView } from './queries';

/* What the list on the left shows, and how each answer of the server changes it. */

export type LeadList = {
  view: LeadView;
  /** What else was asked for, so that two lists of a view are told apart. */
  asked: string;
  /** Null until the first answer. */
  leads: LeadRow[] | null;
  total: number;
  /** Whether there are others than those shown. */
  more: boolean;
  /** When the server last confirmed it, by this machine's clock. */
  confirmedAt: number;
  /** Why the latest attempt failed; null while all is well. */
  failure: string | null;
  /** Came while the inbox was open and were not opened since. */
  fresh: ReadonlySet<string>;
  /** The latest arrivals; `turn` tells two equal ones apart. */
  arrivals: { turn: number; count: number; urgent: number };
};

export type LeadPage = { leads: LeadRow[]; total: number; more: boolean };

export type LeadListChange =
  | { kind: 'switched'; view: LeadView; asked: string }
  /** The list from its top, as deep as it was shown. */
  | { kind: 'renewed'; page: LeadPage; at: number; opened: string | undefined }
  | { kind: 'failed'; message: string }
  | { kind: 'changed'; lead: LeadRow }
  | { kind: 'opened'; id: string };

export const emptyList = (view: LeadView, asked = ''): LeadList => ({
  view,
  asked,
  leads: null,
  total: 0,
  more: false,
  confirmedAt: 0,
  failure: null,
  fresh: new Set(),
  arrivals: { turn: 0, count: 0, urgent: 0 },
});

export const changeList = (list: LeadList, change: LeadListChange): LeadList => {
  switch (change.kind) {
    case 'switched':
      return change.view === list.view && change.asked === list.asked
        ? list
        : {
            ...emptyList(change.view, change.asked),
            fresh: list.fresh,
            arrivals: { ...list.arrivals, count: 0, urgent: 0 },
          };
    case 'renewed': {
      const { leads, total, more } = change.page;
      const shown = list.leads;
      const came = shown === null ? [] : arrived(shown, leads).filter(({ id }) => id !== change.opened);
      return {
        ...list,
        leads: keepInPlace(shown ?? [], withoutDoubles(leads), change.opened),
        total,
        more,
        confirmedAt: change.at,
        failure: null,
        ...(came.length === 0
          ? {}
          : {
              fresh: new Set([...list.fresh, ...came.map(({ id }) => id)]),
              arrivals: {
                turn: list.arrivals.turn + 1,
                count: came.length,
                urgent: came.filter(({ priority }) => priority === 'URGENT').length,
              },
            }),
      };
    }
    case 'failed':
      return { ...list, failure: change.message };
    case 'changed':
      return {
        ...list,
        leads: list.leads?.map((lead) => (lead.id === change.lead.id ? change.lead : lead)) ?? null,
      };
    case 'opened':
      return list.fresh.has(change.id)
        ? { ...list, fresh: new Set([...list.fresh].filter((id) => id !== change.id)) }
        : list;
  }
};

/**
 * Which of `fetched` came since `shown`. A lead that was merely not seen before (it moved up when another left, or
 * came back to this view) is older than the newest one shown, and no news.
 */
export const arrived = (shown: LeadRow[], fetched: LeadRow[]): LeadRow[] => {
  const known = new Set(shown.map(({ id }) => id));
  const newest = shown.reduce((latest, { receivedAt }) => Math.max(latest, Date.parse(receivedAt)), 0);
  return fetched.filter(({ id, receivedAt }) => !known.has(id) && Date.parse(receivedAt) >= newest);
};

/**
 * `fetched`, with the opened lead where it stood although it has left the view: taking an unassigned lead must not
 * pull the row away from under the person who took it.
 */
export const keepInPlace = (shown: LeadRow[], fetched: LeadRow[], opened: string | undefined): LeadRow[] => {
  const place = shown.findIndex(({ id }) => id === opened);
  const kept = shown[place];
  if (kept === undefined || fetched.some(({ id }) => id === opened)) return fetched;
  const position = (lead: LeadRow) => fetched.findIndex(({ id }) => id === lead.id);
  const above = shown.slice(0, place).findLast((lead) => position(lead) >= 0);
  if (above !== undefined) return fetched.toSpliced(position(above) + 1, 0, kept);
  const below = shown.slice(place + 1).find((lead) => position(lead) >= 0);
  return fetched.toSpliced(below === undefined ? fetched.length : position(below), 0, kept);
};

/** The lead `step` places from `from`; the first when none is open, null at either end. */
export const neighbour = (leads: LeadRow[], from: string | undefined, step: 1 | -1): string | null => {
  const place = leads.findIndex(({ id }) => id === from);
  return (place < 0 ? leads[0] : leads[place + step])?.id ?? null;
};

/** A lead may slip onto the next page while the pages are being fetched. */
const withoutDoubles = (leads: LeadRow[]): LeadRow[] => [...new Map(leads.map((lead) => [lead.id, lead])).values()];
