import { describe, expect, it } from 'vitest';
import { type Check, type Entry, readDocument, writeContent } from './entry';
import { fieldProblems, findingsByBlock, fromChecks, fromRefusal, mended, placeOf, stillOpen } from './problems';

const content = {
  v: 1,
  title: 'A page',
  summary: '',
  seo: { title: '', description: '', noIndex: false },
  topics: ['a'],
  blocks: [{ heading: { key: 'h', text: 'One', level: 2 } }, { quote: { key: 'q', text: '', attribution: '' } }],
};
const draft = readDocument({ slug: 'a-page', draft: { content } as Entry['draft'] });

describe('a draft', () => {
  it('is read and written in the shape of the server, without the version of that shape', () => {
    expect(draft.blocks[1]).toEqual({ key: 'q', kind: 'quote', values: { text: '', attribution: '' } });
    const { v: _, ...rest } = content;
    expect(writeContent(draft)).toEqual(rest);
  });
});

describe('a refusal', () => {
  const refused = fromRefusal(
    [
      { code: 'TOO_LARGE', message: 'Shorten it.', path: ['input', 'content', 'blocks', '1', 'quote', 'text'] },
      { code: 'TAKEN', message: 'Taken.', path: ['input', 'slug'] },
      { code: 'INVALID', message: 'Too long.', path: ['input', 'content', 'seo', 'title'] },
    ],
    draft,
  );

  it('leads to the block and the field that were sent', () => {
    expect(refused.problems[0]).toMatchObject({ block: 'q', path: ['text'], severity: 'refused' });
    expect(refused.problems.map(({ path }) => placeOf(path))).toEqual(['details', 'details', 'seo']);
  });

  it('follows its block when blocks move, and is over when the field is changed', () => {
    const [first, second] = draft.blocks;
    if (first === undefined || second === undefined) throw new Error('two blocks');
    const moved = { ...draft, blocks: [second, first] };
    expect(stillOpen(refused, moved).problems).toHaveLength(3);
    expect(findingsByBlock([refused]).get('q')?.found).toHaveLength(1);
    const written = { ...draft, slug: 'b', blocks: [first, { ...second, values: { ...second.values, text: 'x' } }] };
    expect(stillOpen(refused, written).problems.map(({ message }) => message)).toEqual(['Too long.']);
    expect(fieldProblems([refused], written).map(({ message }) => message)).toEqual(['Too long.']);
  });
});

const check = (over: Partial<Check>): Check => ({
  fingerprint: 'f',
  code: 'content',
  severity: 'WARNS',
  message: 'Write one.',
  path: ['summary'],
  blockKey: null,
  fix: null,
  waiver: null,
  ...over,
});

describe('a fix', () => {
  const [first, second] = draft.blocks;
  if (first === undefined || second === undefined) throw new Error('two blocks');
  const now = { ...draft, blocks: [second, first] };

  it('mends the block that was looked at, wherever it stands by now', () => {
    const fix = { label: 'Make it level 3', path: ['blocks', '0', 'heading', 'level'], value: 3 };
    expect(mended(fix, draft, now).blocks).toEqual([second, { ...first, values: { text: 'One', level: 3 } }]);
  });

  it('removes a block, or writes a field beside the blocks', () => {
    expect(mended({ label: '', path: ['blocks', '1'], value: null }, draft, now).blocks).toEqual([first]);
    expect(mended({ label: '', path: ['summary'], value: 'Now' }, draft, now).fields['summary']).toBe('Now');
  });
});

it('a waived warning is marked at no field and no block', () => {
  const waiver = { reason: 'Known.', by: 'Mara', at: '2026-11-25T06:00:00Z' };
  const waived = fromChecks([check({ waiver }), check({ waiver, path: ['blocks', '1', 'quote', 'text'] })], draft);
  expect(fieldProblems([waived], draft)).toHaveLength(0);
  expect(findingsByBlock([waived]).size).toBe(0);
});

it('a check stays listed until the next save, but is not shown at a changed field', () => {
  const checked = fromChecks([check({ severity: 'BLOCKS' })], draft);
  const written = { ...draft, fields: { ...draft.fields, summary: 'Now' } };
  expect(stillOpen(checked, written).problems).toHaveLength(1);
  expect(fieldProblems([checked], draft)).toHaveLength(1);
  expect(fieldProblems([checked], written)).toHaveLength(0);
});
