import { expect, it } from 'vitest';
import { leadsInWords } from './leads';

it('says how many wrote from a page, and no more than it was told', () => {
  const said = (received: number | null, qualified: number | null, rounded = false) =>
    leadsInWords({ rounded, leads: { received, qualified } });
  expect(said(12, 5)).toBe('Leads from this page: 12, 5 qualified (90 days)');
  expect(said(0, 0)).toBe('Leads from this page: none (90 days)');
  expect(said(null, null, true)).toBe('Leads from this page: fewer than 5 (90 days)');
  expect(said(10, null, true)).toBe('Leads from this page: 10 or more (90 days)');
  expect(said(1_200, 40, true)).toBe('Leads from this page: 1,200 or more, 40 or more qualified (90 days)');
});
