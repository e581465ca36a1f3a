import { expect, test } from 'vitest';
import { passwordStrength } from './strength';

test('a short password is told how much is missing', () => {
  expect(passwordStrength('abcdefghijk', [])).toEqual({ level: 1, words: '1 more character needed.' });
  expect(passwordStrength('', []).level).toBe(0);
});

test('emoji count as one character each', () => {
  expect(passwordStrength('🌲🌲🌲🌲🌲🌲', []).words).toBe('6 more characters needed.');
});

test('a password made of the name or address is weak at any length', () => {
  expect(passwordStrength('mara-klein-mara-klein', ['Mara Klein', 'mk@example.org']).level).toBe(1);
});

test('repetition is weak, several words are strong', () => {
  expect(passwordStrength('aaaaaaaaaaaaaaaa', []).level).toBe(1);
  expect(passwordStrength('quiet-harbor', []).level).toBe(2);
  expect(passwordStrength('correct horse battery staple', []).level).toBe(3);
});
