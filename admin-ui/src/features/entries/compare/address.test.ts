import { expect, it } from 'vitest';
import { belowComparison, compareLink } from './address';

it('a comparison has the address of its two versions, below that of its entry', () => {
  expect(compareLink('/therapies', 't', { from: '1', to: '2' })).toMatchObject({
    to: '/therapies/$id/compare/$a/$b',
    params: { id: 't', a: '1', b: '2' },
  });
  expect(belowComparison('/pages/p/compare/1/2')).toBe('/pages/p');
  expect(belowComparison('/pages/p/compare/1/2/')).toBe('/pages/p');
  expect(belowComparison('/pages/compare')).toBe('/pages/compare');
});
