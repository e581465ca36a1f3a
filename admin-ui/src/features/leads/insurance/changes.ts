import type { InsuranceCheck, InsuranceCoverage, InsuranceUpdate, Lead, LevelOfCare } from '../queries';
import type { Person } from '../reveal';

export type Policy = NonNullable<Person['policy']>;

/** What is written into the form; what is not known is empty. */
export type Form = {
  check: InsuranceCheck;
  coverage: InsuranceCoverage | '';
  level: LevelOfCare | '';
  carrier: string;
  memberId: string;
  groupNumber: string;
  holderName: string;
  holderBornOn: string;
  note: string;
};
export type Change = InsuranceUpdate;

export const words = ['carrier', 'memberId', 'groupNumber', 'holderName', 'holderBornOn', 'note'] as const;

/** The form as it opens. Of a policy that is not in sight, nothing. */
export const formOf = (lead: Lead, policy: Policy | null): Form => ({
  check: lead.insurance.check,
  coverage: lead.insurance.coverage ?? '',
  level: lead.levelOfCare ?? '',
  carrier: policy?.carrier ?? '',
  memberId: policy?.memberId ?? '',
  groupNumber: policy?.groupNumber ?? '',
  holderName: policy?.holderName ?? '',
  holderBornOn: policy?.holderBornOn ?? '',
  note: policy?.note ?? '',
});

/** What is different, as the server is told; null where nothing is. What was emptied is taken away. */
export const changeOf = (before: Form, after: Form): Change | null => {
  const change: Change = {};
  if (after.check !== before.check) change.check = after.check;
  if (after.coverage !== before.coverage) change.coverage = after.coverage === '' ? null : after.coverage;
  for (const field of words) {
    if (after[field].trim() !== before[field].trim()) change[field] = after[field].trim() === '' ? null : after[field];
  }
  return Object.keys(change).length === 0 ? null : change;
};

/** What is in sight of a policy once a change is saved. */
export const policyAfter = (policy: Policy | null, change: Change): Policy => {
  const field = (name: (typeof words)[number]) =>
    change[name] === undefined ? (policy?.[name] ?? null) : (change[name]?.trim() ?? null);
  const memberId = field('memberId');
  return {
    carrier: field('carrier'),
    memberId,
    memberIdEnding: memberId === null ? null : endingOf(memberId),
    groupNumber: field('groupNumber'),
    holderName: field('holderName'),
    holderBornOn: field('holderBornOn'),
    note: field('note'),
  };
};

/** The last four characters, where that is not all of it. */
const endingOf = (number: string): string => `•••${number.length > 4 ? number.slice(-4) : ''}`;

/** What must be known of a lead before it is qualified, and is not. */
export const missingOf = ({ status, levelOfCare, insurance }: Lead): ('level' | 'check')[] =>
  status !== 'CONTACTED'
    ? []
    : [
        ...(levelOfCare === null ? (['level'] as const) : []),
        ...(insurance.check === 'NEEDED' ? (['check'] as const) : []),
      ];
