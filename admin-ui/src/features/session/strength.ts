import { text } from './text';

export type Strength = { level: 0 | 1 | 2 | 3; words: string };

export const minimumLength = 12;

/** A hint, not a judge: the server decides. Length counts most; personal or repetitive passwords are named. */
export const passwordStrength = (password: string, personal: string[]): Strength => {
  const length = [...password].length;
  if (length === 0) return { level: 0, words: text.strength.help };
  if (length < minimumLength) return { level: 1, words: text.strength.missing(minimumLength - length) };
  const lower = password.toLowerCase();
  const parts = personal.flatMap((word) => word.toLowerCase().split(/[\s@.]+/)).filter((part) => part.length >= 4);
  if (parts.some((part) => lower.includes(part))) return { level: 1, words: text.strength.personal };
  if (new Set(lower).size < 6) return { level: 1, words: text.strength.repeated };
  if (length < 16) return { level: 2, words: text.strength.fair };
  return { level: 3, words: text.strength.strong };
};
