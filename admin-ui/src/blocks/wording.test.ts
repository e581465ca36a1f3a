import { expect, it } from 'vitest';
import { readKind } from './definition';
import { inFormWords } from './wording';

const table = readKind({
  kind: 'comparisonTable',
  title: 'Comparison table',
  description: '',
  icon: 'table',
  empty: {},
  schema: {
    properties: {
      caption: { type: 'string', title: 'Caption', 'x-widget': 'line' },
      columns: { type: 'array', title: 'Columns', items: { type: 'string' } },
      contactPoint: { type: 'string', title: 'Telephone' },
      rows: {
        type: 'array',
        title: 'Rows',
        items: { type: 'object', properties: { header: { type: 'string', title: 'Row heading' } } },
      },
    },
  },
});

it('says a field as the form does', () => {
  expect(inFormWords('Fill in the field “contact point”.', table, ['contactPoint'])).toBe('Fill in “Telephone”.');
  expect(inFormWords('Fill in the field “header”.', table, ['rows', '2', 'header'])).toBe('Fill in “Row heading”.');
  expect(inFormWords('Fill in number 2.', table, ['columns', '1'])).toBe('Fill in number 2 of “Columns”.');
});

it('leaves alone what it does not know', () => {
  expect(inFormWords('Fill in the field “x”.', table, ['x'])).toBe('Fill in the field “x”.');
  expect(inFormWords('Fill in the field “caption”.', undefined, ['caption'])).toBe('Fill in the field “caption”.');
  expect(inFormWords('It is too long.', table, ['caption'])).toBe('It is too long.');
  expect(inFormWords('An empty block.', table, [])).toBe('An empty block.');
});
