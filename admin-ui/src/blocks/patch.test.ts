import { expect, it } from 'vitest';
import type { Document } from './document';
import { patchOf, rebase, shared, wholePatch } from './patch';

const quote = (key: string, text: string) => ({ key, kind: 'quote', values: { text } });
const a = quote('a', 'One.');
const b = quote('b', 'Two.');
const base: Document = { slug: 's', fields: { title: 'First', summary: 'Kept.' }, blocks: [a, b] };

const texts = (document: Document) => document.blocks.map(({ key, values }) => `${key} ${String(values['text'])}`);

it('sends what changed and nothing else', () => {
  const changed = { ...base, fields: { ...base.fields, title: 'Second' }, blocks: [quote('a', 'Uno.'), b] };
  expect(patchOf(base, changed)).toEqual({
    fields: { title: 'Second' },
    blocks: [{ quote: { key: 'a', text: 'Uno.' } }],
  });
  expect(patchOf(base, { ...base, blocks: [b] })).toEqual({ fields: {}, blocks: [], order: ['b'] });
  expect(patchOf(base, base)).toEqual({ fields: {}, blocks: [] });
  expect(wholePatch(base)).toMatchObject({ whole: true, order: ['a', 'b'], fields: base.fields });
});

it('shares what an answer has not changed', () => {
  const answered = shared(
    { slug: 's', fields: { title: 'First', summary: 'New.' }, blocks: [quote('a', 'One.'), quote('b', 'Zwei.')] },
    base,
  );
  expect(answered.blocks[0]).toBe(a);
  expect(answered.blocks[1]).not.toBe(b);
  expect(answered.fields).toEqual({ title: 'First', summary: 'New.' });
});

it('brings what others wrote into what was written since', () => {
  const answered = { slug: 'moved', fields: { title: 'Theirs', summary: 'Theirs.' }, blocks: [quote('c', 'New.'), a] };
  expect(rebase(base, base, answered)).toBe(answered);
  const now = { ...base, fields: { ...base.fields, title: 'Mine' }, blocks: [quote('a', 'Mine.'), b] };
  const both = rebase(now, base, answered);
  expect([both.slug, both.fields]).toEqual(['moved', { title: 'Mine', summary: 'Theirs.' }]);
  expect(texts(both)).toEqual(['c New.', 'a Mine.']);
});

it('drops nothing that was written since, whatever others removed or moved', () => {
  const now = { ...base, blocks: [a, quote('b', 'Mine.')] };
  expect(texts(rebase(now, base, { ...base, blocks: [a] }))).toEqual(['a One.', 'b Mine.']);
  const moved = { ...base, blocks: [b, a, quote('n', 'New.')] };
  expect(texts(rebase(moved, base, { ...base, blocks: [a, quote('t', 'Theirs.'), b] }))).toEqual([
    'b Two.',
    'a One.',
    't Theirs.',
    'n New.',
  ]);
  expect(texts(rebase({ ...base, blocks: [b] }, base, { ...base, blocks: [a, b] }))).toEqual(['b Two.']);
});
