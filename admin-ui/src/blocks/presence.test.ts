import { expect, it } from 'vitest';
import { whoIsWhere } from './presence';

it('everybody is shown at the block they are in, once', () => {
  const where = whoIsWhere([
    { tab: '1', name: 'Edda Field', block: 'a' },
    { tab: '2', name: 'Edda Field', block: 'a' },
    { tab: '3', name: 'Ona Brook', block: 'a' },
    { tab: '4', name: 'Ona Brook', block: 'b' },
    { tab: '5', name: 'Rae Moss', block: null },
  ]);
  expect([...where].map(([block, people]) => [block, people.map(({ tab }) => tab)])).toEqual([
    ['a', ['1', '3']],
    ['b', ['4']],
  ]);
});
