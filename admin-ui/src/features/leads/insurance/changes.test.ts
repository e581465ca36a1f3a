import { describe, expect, it } from 'vitest';
import type { Lead } from '../queries';
import { changeOf, type Form, formOf, missingOf, type Policy, policyAfter } from './changes';

const lead = (given: Partial<Lead>) => given as Lead;
const needed = { check: 'NEEDED', coverage: null, checkedAt: null, checkedBy: null } as const;
const policy: Policy = {
  carrier: 'Sample Health',
  memberId: 'XYZ 1234821',
  memberIdEnding: '•••4821',
  groupNumber: null,
  holderName: 'Robin',
  holderBornOn: '1980-02-03',
  note: null,
};
const form = (given: Partial<Form> = {}): Form => ({
  ...formOf(lead({ levelOfCare: null, insurance: needed }), policy),
  ...given,
});

describe('what is saved of an insurance', () => {
  it('is what is different', () => {
    expect(changeOf(form(), form())).toBeNull();
    expect(changeOf(form(), form({ check: 'SUBMITTED', memberId: 'ABC' }))).toEqual({
      check: 'SUBMITTED',
      memberId: 'ABC',
    });
    expect(changeOf(form(), form({ carrier: 'Sample Health ' }))).toBeNull();
  });

  it('takes away what was emptied', () => {
    expect(changeOf(form({ coverage: 'MEDICAID' }), form({ holderName: '', holderBornOn: '' }))).toEqual({
      coverage: null,
      holderName: null,
      holderBornOn: null,
    });
  });

  it('leaves alone what was not in sight', () => {
    const unseen = formOf(lead({ levelOfCare: null, insurance: needed }), null);
    expect(unseen.carrier).toBe('');
    expect(changeOf(unseen, { ...unseen, groupNumber: 'G-77' })).toEqual({ groupNumber: 'G-77' });
  });

  it('is in sight at once', () => {
    const after = policyAfter(policy, { memberId: ' ABC 9876 ', holderName: null });
    expect(after).toEqual({ ...policy, memberId: 'ABC 9876', memberIdEnding: '•••9876', holderName: null });
    expect(policyAfter(null, { memberId: '12' }).memberIdEnding).toBe('•••');
  });
});

describe('what a lead lacks to be qualified', () => {
  it('is its level of care, and that somebody asks the insurer', () => {
    expect(missingOf(lead({ status: 'CONTACTED', levelOfCare: null, insurance: needed }))).toEqual(['level', 'check']);
    const known = lead({ status: 'CONTACTED', levelOfCare: 'DETOX', insurance: { ...needed, check: 'SELF_PAY' } });
    expect(missingOf(known)).toEqual([]);
  });

  it('is not asked of one that is elsewhere', () => {
    expect(missingOf(lead({ status: 'SCHEDULED', levelOfCare: null, insurance: needed }))).toEqual([]);
  });
});
