import { describe, expect, it } from 'vitest';
import { alike, firstWords } from './mergeCompare';

describe('two persons', () => {
  const person = { phone: '+17815550142', email: 'sam@example.com' };

  it('are alike in what both gave', () => {
    expect(alike(person, { ...person, email: ' Sam@Example.com' })).toEqual({ phone: true, email: true });
    expect(alike(person, { phone: '+17815550199', email: 'jo@example.com' })).toEqual({ phone: false, email: false });
  });

  it('are not alike in what neither gave', () => {
    expect(alike({ phone: null, email: '' }, { phone: null, email: '' })).toEqual({ phone: false, email: false });
  });
});

describe('the first words of a message', () => {
  it('are all of a short one, on one line', () => {
    expect(firstWords('  My brother\n\nneeds help.  ')).toBe('My brother needs help.');
  });

  it('end between two words', () => {
    const words = firstWords('word '.repeat(100));
    expect(words).toMatch(/word…$/);
    expect(words.length).toBeLessThanOrEqual(281);
  });

  it('are cut where there is no room between words', () => {
    expect(firstWords('x'.repeat(400))).toBe(`${'x'.repeat(280)}…`);
  });
});
