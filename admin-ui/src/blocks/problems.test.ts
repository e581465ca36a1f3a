import { expect, it } from 'vitest';
import type { Block } from './block';
import { gravest, type Problem, problemsAt, problemsWithin, standing } from './problems';

const block: Block = { key: 'a', kind: 'faq', values: { heading: '', items: [{ q: '' }, { q: 'x' }] } };
const problem = (path: string[], severity: Problem['severity'] = 'blocks'): Problem => ({
  severity,
  message: 'm',
  path,
});
const found = [problem(['heading']), problem(['items', '0', 'q']), problem(['items', '1', 'answer', 'content'])];

it('stands until what it is about is written over', () => {
  const findings = { found, in: block };
  expect(standing(findings, block)).toBe(found);
  const headed = { ...block, values: { ...block.values, heading: 'Now' } };
  expect(standing(findings, headed)).toEqual([found[1], found[2]]);
  const answered = { ...block, values: { ...block.values, items: [{ q: '' }, { q: 'x', answer: 'y' }] } };
  expect(standing(findings, answered)).toEqual([found[0], found[1]]);
  expect(standing(undefined, block)).toEqual([]);
});

it('is found at a field and within it, whether a place is a number or a word', () => {
  expect(problemsAt(found, ['items', 0, 'q'])).toEqual([found[1]]);
  expect(problemsWithin(found, ['items'])).toEqual([found[1], found[2]]);
  expect(problemsAt(found, ['items'])).toEqual([]);
});

it('weighs the gravest', () => {
  expect(gravest([problem([], 'warns'), problem([], 'refused'), problem([], 'blocks')])).toBe('refused');
  expect(gravest([])).toBeNull();
});
