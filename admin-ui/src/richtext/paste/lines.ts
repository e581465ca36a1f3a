import type { Inline, Mark } from '../contract';

/** Characters nobody sees; the server refuses most of them. */
const invisible = /(?!\s)\p{Cc}|[\p{Bidi_Control}\u00ad\u200b\u2060\ufeff]/gu;

const sameMarks = (a: Mark[] = [], b: Mark[] = []) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Lines as a browser would show them: runs of spaces are one, and none stands at the end of a line. Two breaks in a row
 * begin another paragraph.
 */
export const linesOf = (found: readonly Inline[]): Inline[][] => {
  const lines: Inline[][] = [];
  let line: Inline[] = [];
  const trim = () => {
    const last = line.at(-1);
    if (last?.type !== 'text') return;
    const text = last.text.trimEnd();
    line = text === '' ? line.slice(0, -1) : line.with(-1, { ...last, text });
  };
  const end = () => {
    trim();
    if (line.at(-1)?.type === 'hardBreak') line = line.slice(0, -1);
    if (line.length > 0) lines.push(line);
    line = [];
  };
  for (const part of found) {
    const last = line.at(-1);
    if (part.type === 'hardBreak') {
      trim();
      if (line.at(-1)?.type === 'hardBreak') end();
      else if (line.length > 0) line.push(part);
    } else if (part.type === 'text') {
      const words = part.text.replace(invisible, '').replace(/\s+/g, ' ');
      const text = last?.type === 'text' && !last.text.endsWith(' ') ? words : words.trimStart();
      if (text === '') continue;
      if (last?.type === 'text' && sameMarks(last.marks, part.marks)) {
        line = line.with(-1, { ...last, text: last.text + text });
      } else line.push({ ...part, text });
    } else line.push(part);
  }
  end();
  return lines;
};
