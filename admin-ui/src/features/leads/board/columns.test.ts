import { expect, it } from 'vitest';
import { aLead } from '../fixtures';
import { columnsOf, inColumns, mayMove, needsMore } from './columns';

it('has a column for each state of the view', () => {
  expect(columnsOf('MINE')).toEqual(['NEW', 'ATTEMPTING', 'CONTACTED', 'QUALIFIED', 'SCHEDULED']);
  expect(columnsOf('CLOSED')).toEqual(['ADMITTED', 'CLOSED']);
  expect(columnsOf('ALL')).toHaveLength(7);
});

it('shows a lead that is being moved where it is about to be', () => {
  const leads = [aLead('a'), aLead('b', { status: 'CONTACTED' }), aLead('c')];
  const ids = (moving: Parameters<typeof inColumns>[2]) =>
    inColumns(leads, 'OPEN', moving).map((column) => column.leads.map(({ id }) => id).join(' '));
  expect(ids(new Map())).toEqual(['a c', '', 'b', '', '']);
  expect(ids(new Map([['c', 'CONTACTED']]))).toEqual(['a', '', 'b c', '', '']);
});

it('lets a lead go only where it may', () => {
  const lead = aLead('a', { nextStatuses: ['ATTEMPTING', 'CLOSED'] });
  expect(mayMove(lead, 'ATTEMPTING')).toBe(true);
  expect(mayMove(lead, 'NEW')).toBe(false);
  expect(mayMove(lead, 'SCHEDULED')).toBe(false);
  expect(mayMove({ ...lead, erasedAt: '2026-11-24T10:00:00Z' }, 'ATTEMPTING')).toBe(false);
});

it('asks for more where a move needs it', () => {
  expect(needsMore(aLead('a'), 'ATTEMPTING')).toBe(false);
  expect(needsMore(aLead('a'), 'CLOSED')).toBe(true);
  expect(needsMore(aLead('a', { status: 'CLOSED' }), 'NEW')).toBe(true);
});
