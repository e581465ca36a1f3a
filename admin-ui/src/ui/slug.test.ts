import { expect, test } from 'vitest';
import { slugify } from './slug';

test('accents, signs and apostrophes leave a plain address', () => {
  expect(slugify('Café & Körper: what’s next?')).toBe('cafe-korper-whats-next');
  expect(slugify('  –– ')).toBe('');
});

test('a long title is cut without a trailing hyphen', () => {
  const slug = slugify('word '.repeat(60));
  expect(slug.length).toBeLessThanOrEqual(80);
  expect(slug.endsWith('-')).toBe(false);
});
