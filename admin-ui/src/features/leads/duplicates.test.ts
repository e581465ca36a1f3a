import { describe, expect, it } from 'vitest';
import { aroundWhen, countWords } from './duplicates';
import { aLead } from './fixtures';

const lead = aLead('1', { receivedAt: '2026-11-24T10:00:00Z' });
const earlier = aLead('2', { receivedAt: '2026-11-20T10:00:00Z' });
const later = aLead('3', { receivedAt: '2026-11-25T10:00:00Z' });
const leads = (count: number) => Array.from({ length: count }, (_, index) => aLead(`${index}`));

describe('other leads of whoever wrote one', () => {
  it('came before it, after it, or some of them each', () => {
    expect(aroundWhen(lead, [earlier])).toBe('before');
    expect(aroundWhen(lead, [later])).toBe('after');
    expect(aroundWhen(lead, [later, earlier])).toBe('both');
  });

  it('came before it where nobody can tell', () => {
    expect(aroundWhen(lead, [aLead('4', { receivedAt: lead.receivedAt })])).toBe('before');
  });

  it('are counted as far as the server tells of them', () => {
    expect(countWords(leads(1))).toBe('1');
    expect(countWords(leads(19))).toBe('19');
    expect(countWords(leads(20))).toBe('20+');
  });
});
