import { expect, test } from 'vitest';
import { noSelection, selectTo, toggle, without } from './select';

const shown = ['a', 'b', 'c', 'd', 'e'];
const ids = ({ ids }: { ids: ReadonlySet<string> }) => [...ids].sort().join('');

test('one is selected, and let go of again', () => {
  const one = toggle(noSelection, 'b');
  expect(ids(one)).toBe('b');
  expect(ids(toggle(one, 'b'))).toBe('');
});

test('a range goes from the last choice to here, in either direction, and keeps what was selected', () => {
  expect(ids(selectTo(toggle(noSelection, 'b'), shown, 'd'))).toBe('bcd');
  expect(ids(selectTo(toggle(toggle(noSelection, 'e'), 'c'), shown, 'a'))).toBe('abce');
});

test('a range without a beginning in sight is this one', () => {
  expect(ids(selectTo(noSelection, shown, 'd'))).toBe('d');
  expect(ids(selectTo(toggle(noSelection, 'gone'), shown, 'a'))).toBe('agone');
});

test('what is not shown is not reached', () => {
  expect(ids(selectTo(toggle(noSelection, 'a'), shown, 'z'))).toBe('a');
});

test('what is done is let go of', () => {
  const some = selectTo(toggle(noSelection, 'a'), shown, 'c');
  expect(ids(without(some, ['a', 'c']))).toBe('b');
  expect(without(some, ['c']).anchor).toBeNull();
});
