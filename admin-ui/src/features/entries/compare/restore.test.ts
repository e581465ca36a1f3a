import { expect, it } from 'vitest';
import type { Document } from '~/blocks/document';
import { withBlockRestored } from './restore';

const quote = (key: string, text: string) => ({ key, kind: 'quote', values: { text } });
const draft: Document = { slug: 'a', fields: {}, blocks: [quote('a', 'One'), quote('b', 'Two')] };
const stored = (key: string, text: string) => ({ quote: { key, text } });

it('a block comes back in the place of what it became, or where it stood', () => {
  expect(withBlockRestored(draft, stored('a', 'Before'), 5).blocks).toEqual([quote('a', 'Before'), quote('b', 'Two')]);
  expect(withBlockRestored(draft, stored('c', 'Gone'), 1).blocks.map(({ key }) => key)).toEqual(['a', 'c', 'b']);
  expect(withBlockRestored(draft, stored('c', 'Gone'), 99).blocks.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  expect(withBlockRestored(draft, null, 0)).toBe(draft);
});
