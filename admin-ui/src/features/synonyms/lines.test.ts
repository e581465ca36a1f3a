import { expect, it } from 'vitest';
import { lineOf, linesOf, problemsByLine, sameGroups, withTyped, written } from './lines';

it('sends only lines that say something', () => {
  expect(written([lineOf(['CBT', 'therapy']), lineOf([])]).map(({ terms }) => terms)).toEqual([['CBT', 'therapy']]);
});

it('puts what is wrong beside its line, and names the term', () => {
  const sent = [lineOf(['a', 'b']), lineOf(['lonely']), lineOf(['c', 'x'.repeat(90)])];
  const { byLine, rest } = problemsByLine(sent, [
    { message: 'Name 2 to 12 terms.', path: ['input', 'groups', '1'] },
    { message: 'Keep it to 80 characters.', path: ['input', 'groups', '2', '1'] },
    { message: 'Write a word.', path: ['input', 'groups', '2', '0'] },
    { message: 'Keep the list to 500 lines.', path: ['input', 'groups'] },
    { message: 'Elsewhere.', path: [] },
  ]);
  expect(byLine.get(sent[0]?.key ?? 0)).toBeUndefined();
  expect(byLine.get(sent[1]?.key ?? 0)).toEqual(['Name 2 to 12 terms.']);
  expect(byLine.get(sent[2]?.key ?? 0)).toEqual([
    `“${'x'.repeat(40)}…”: Keep it to 80 characters.`,
    '“c”: Write a word.',
  ]);
  expect(rest).toEqual(['Keep the list to 500 lines.', 'Elsewhere.']);
});

it('tells lists apart by their terms and their order', () => {
  expect(sameGroups([['a', 'b']], [['a', 'b']])).toBe(true);
  expect(sameGroups([['a', 'b']], [['b', 'a']])).toBe(false);
});

it('takes what was typed or pasted term by term, each once', () => {
  expect(withTyped([], ' CBT ')).toEqual(['CBT']);
  expect(withTyped(['CBT'], 'cbt, talk therapy;\nCognitive therapy, Talk Therapy,')).toEqual([
    'CBT',
    'talk therapy',
    'Cognitive therapy',
  ]);
  expect(withTyped(['CBT'], ' , ')).toEqual(['CBT']);
});

it('leaves lines what they are where they say the same', () => {
  const before = [lineOf(['a', 'b']), lineOf(['c', 'd'])];
  const after = linesOf([['a', 'b'], ['c'], ['e', 'f']], before);
  expect(after.map(({ terms }) => terms)).toEqual([['a', 'b'], ['c'], ['e', 'f']]);
  expect(after[0]).toBe(before[0]);
  expect(after[1]?.key).not.toBe(before[1]?.key);
});
