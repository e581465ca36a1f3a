import type { InsuranceCheck, LeadPriority, LeadStatus, LeadView, LevelOfCare } from '../queries';
import { leadViews } from '../queries';

/* What narrows the leads of a view and puts them in an order, as it stands in the address and as the server is asked. */

export const leadOrders = ['NEWEST', 'OLDEST', 'RESPOND_BY', 'NEXT_ACTION'] as const;
export type LeadOrder = (typeof leadOrders)[number];

const searchKeys = [
  'view',
  'status',
  'who',
  'priority',
  'care',
  'insurance',
  'form',
  'page',
  'place',
  'from',
  'to',
  'overdue',
  'order',
  'mode',
] as const;

/** In the address; several are written with commas: `status=NEW,CONTACTED`. What is left out is as it is at first. */
export type LeadSearch = {
  view?: LeadView | undefined;
  status?: string | undefined;
  who?: string | undefined;
  priority?: LeadPriority | undefined;
  care?: string | undefined;
  insurance?: string | undefined;
  form?: string | undefined;
  page?: string | undefined;
  place?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  overdue?: true | undefined;
  order?: Exclude<LeadOrder, 'NEWEST'> | undefined;
  /** A board of columns in place of the list. */
  mode?: 'board' | undefined;
};

/** What the address says, as a view keeps it. */
export const writeSearch = (search: LeadSearch): string => {
  const words = new URLSearchParams();
  for (const key of searchKeys) {
    const value = search[key];
    if (value !== undefined) words.set(key, String(value));
  }
  return words.toString();
};

/** The address that a view keeps; the router leaves out of it what this version does not know. */
export const readSearch = (kept: string): LeadSearch => {
  const words = new URLSearchParams(kept);
  const search = Object.fromEntries(searchKeys.flatMap((key) => (words.has(key) ? [[key, words.get(key)]] : [])));
  return { ...search, overdue: words.get('overdue') === 'true' || undefined };
};

/** Stands for nobody among colleagues' ids. */
export const nobody = 'nobody';

export type Narrowing = {
  statuses: LeadStatus[];
  /** Ids of colleagues, and `nobody`. */
  who: string[];
  priority: LeadPriority | null;
  care: LevelOfCare[];
  insurance: InsuranceCheck[];
  /** The key of a form. */
  form: string | null;
  page: string | null;
  place: string | null;
  from: string | null;
  to: string | null;
  overdue: boolean;
};

export const statuses = ['NEW', 'ATTEMPTING', 'CONTACTED', 'QUALIFIED', 'SCHEDULED', 'ADMITTED', 'CLOSED'] as const;
export const levels = [
  'DETOX',
  'RESIDENTIAL',
  'PARTIAL_HOSPITALIZATION',
  'INTENSIVE_OUTPATIENT',
  'OUTPATIENT',
  'AFTERCARE',
] as const;
export const checks = [
  'NEEDED',
  'SUBMITTED',
  'IN_NETWORK',
  'OUT_OF_NETWORK',
  'NOT_COVERED',
  'SELF_PAY',
  'NOT_NEEDED',
] as const;

export const nothing: Narrowing = {
  statuses: [],
  who: [],
  priority: null,
  care: [],
  insurance: [],
  form: null,
  page: null,
  place: null,
  from: null,
  to: null,
  overdue: false,
};

const mostColleagues = 50;
const words = (text: string | undefined) => text?.split(',') ?? [];
const among = <T extends string>(known: readonly T[], text: string | undefined): T[] => {
  const named = words(text);
  return known.filter((each) => named.includes(each));
};

/** What an address says. What is not known is left out, and so is what only somebody who works leads may ask for. */
export const readNarrowing = (search: LeadSearch, mayWork: boolean): Narrowing => {
  const who = [...new Set(words(search.who))].filter((each) => each === nobody || /^usr_[0-9a-z]{26}$/.test(each));
  return {
    statuses: among(statuses, search.status),
    who: who.slice(0, mostColleagues),
    priority: search.priority ?? null,
    care: mayWork ? among(levels, search.care) : [],
    insurance: mayWork ? among(checks, search.insurance) : [],
    form: search.form !== undefined && /^[a-z0-9-]{1,60}$/.test(search.form) ? search.form : null,
    page: mayWork && search.page !== undefined && /^pag_[0-9a-z]{26}$/.test(search.page) ? search.page : null,
    place: search.place !== undefined && /^loc_[0-9a-z]{26}$/.test(search.place) ? search.place : null,
    from: search.from ?? null,
    to: search.to ?? null,
    overdue: search.overdue === true,
  };
};

const joined = (list: readonly string[]) => (list.length === 0 ? undefined : list.join(','));

/** The same in an address, in place of what it said before. */
export const writeNarrowing = (search: LeadSearch, narrowing: Narrowing): LeadSearch => ({
  ...search,
  status: joined(narrowing.statuses),
  who: joined(narrowing.who),
  priority: narrowing.priority ?? undefined,
  care: joined(narrowing.care),
  insurance: joined(narrowing.insurance),
  form: narrowing.form ?? undefined,
  page: narrowing.page ?? undefined,
  place: narrowing.place ?? undefined,
  from: narrowing.from ?? undefined,
  to: narrowing.to ?? undefined,
  overdue: narrowing.overdue || undefined,
});

export const isNarrowed = (narrowing: Narrowing): boolean => JSON.stringify(narrowing) !== JSON.stringify(nothing);

/** The same as the server is asked. */
export const filterOf = ({ who, statuses, care, ...rest }: Narrowing) => {
  const { priority, insurance, form, page, place, from, to, overdue } = rest;
  return {
    statuses,
    assignees: who.filter((each) => each !== nobody),
    unassigned: who.includes(nobody),
    priority,
    levelsOfCare: care,
    insurance,
    form,
    page,
    place,
    receivedFrom: from,
    receivedTo: to,
    overdue,
  };
};

const orders = {
  NEWEST: { field: 'RECEIVED', direction: 'DESC' },
  OLDEST: { field: 'RECEIVED', direction: 'ASC' },
  RESPOND_BY: { field: 'RESPOND_BY', direction: 'ASC' },
  NEXT_ACTION: { field: 'NEXT_ACTION', direction: 'ASC' },
} as const;

export type Wanted = {
  view: LeadView;
  filter: ReturnType<typeof filterOf>;
  orderBy: (typeof orders)[LeadOrder];
};

/** Which leads an address asks for, and in which order. */
export const wantedBy = (search: LeadSearch, mayWork: boolean): Wanted => ({
  view: leadViews.find((each) => each === search.view) ?? 'OPEN',
  filter: filterOf(readNarrowing(search, mayWork)),
  orderBy: orders[search.order ?? 'NEWEST'],
});
