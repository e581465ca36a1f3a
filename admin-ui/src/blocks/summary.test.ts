import { expect, it } from 'vitest';
import { inventedKind } from './fixtures';
import { allWords, summaryOf } from './summary';

const text = (words: string) => ({
  type: 'doc',
  v: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
});

it('is the first words, and the next where the first are few', () => {
  expect(summaryOf(inventedKind, { heading: 'Soup', method: text('Boil water.') })).toBe('Soup · Boil water.');
  expect(summaryOf(inventedKind, { heading: 'A heading that says enough by itself', method: text('Boil.') })).toBe(
    'A heading that says enough by itself',
  );
  expect(summaryOf(inventedKind, { heading: '', steps: [{ title: '', text: text('Chop') }] })).toBe('Chop');
});

it('counts what is chosen where there are no words, and is empty where there is nothing', () => {
  expect(summaryOf(inventedKind, { places: ['loc_1', 'loc_2'] })).toBe('Places: 2');
  expect(summaryOf(inventedKind, {})).toBe('');
  expect(summaryOf(undefined, { heading: 'x' })).toBe('');
});

it('is one line of bounded length', () => {
  const long = summaryOf(inventedKind, { heading: `a\n${'word '.repeat(90)}` });
  expect(long).not.toContain('\n');
  expect(long.length).toBeLessThanOrEqual(141);
});

it('gives every word for copying', () => {
  const values = {
    heading: 'Soup',
    method: text('Boil water.'),
    steps: [{ title: 'First', text: text('Chop') }],
    tags: ['a', 'b'],
  };
  expect(allWords(inventedKind.fields, values)).toBe('Soup\nBoil water.\nFirst\nChop\na\tb');
});
