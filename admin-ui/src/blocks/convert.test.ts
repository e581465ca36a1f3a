import { describe, expect, it } from 'vitest';
import type { Inline, TextNode } from '~/richtext/contract';
import type { Values } from './block';
import { conversionsOf } from './convert';
import { readKind } from './definition';

const kindOf = (kind: string, title: string, properties: object, empty: Values) =>
  readKind({ kind, title, description: '', icon: '', empty, schema: { type: 'object', properties } });
const richText = { 'x-widget': 'richText', default: { type: 'doc', v: 1, content: [] } };
const line = { type: 'string' };
const kinds = [
  kindOf('heading', 'Heading', { text: line, level: { type: 'integer' } }, { text: '', level: 2 }),
  kindOf('richText', 'Text', { body: richText }, { body: richText.default }),
  kindOf(
    'list',
    'List',
    { heading: line, style: { enum: ['BULLETED', 'NUMBERED'] }, items: { type: 'array', items: richText } },
    { heading: '', style: 'BULLETED', items: [] },
  ),
  kindOf(
    'faq',
    'Questions and answers',
    {
      heading: line,
      questions: {
        type: 'array',
        items: { type: 'object', properties: { key: { 'x-widget': 'key' }, question: line, answer: richText } },
      },
    },
    { heading: '', questions: [] },
  ),
  kindOf('quote', 'Quote', { text: line, attribution: line }, { text: '', attribution: '' }),
  kindOf(
    'callout',
    'Callout',
    { tone: { enum: ['NOTE', 'WARNING', 'CLAIM'] }, heading: line, body: richText, sources: { type: 'array' } },
    { tone: 'NOTE', heading: '', body: richText.default, sources: [] },
  ),
];

const words = (text: string): Inline[] => [{ type: 'text', text }];
const paragraph = (text: string): TextNode => ({ type: 'paragraph', content: words(text) });
const doc = (...content: TextNode[]) => ({ type: 'doc' as const, v: 1 as const, content });
const strong: TextNode = { type: 'paragraph', content: [{ type: 'text', text: 'x', marks: [{ type: 'strong' }] }] };

const turn = (kind: string, values: Values) =>
  Object.fromEntries(
    conversionsOf({ key: 'k', kind, values }, kinds).map(({ kind: to, block, lost }) => {
      expect(block).toMatchObject({ key: 'k', kind: to.kind });
      return [to.kind, { values: block.values, lost }];
    }),
  );
const offered = (kind: string, values: Values) => Object.keys(turn(kind, values));

describe('a heading and a text', () => {
  it('become each other as long as the text is one line of plain words', () => {
    expect(turn('heading', { text: 'Signs', level: 2 })).toEqual({
      richText: { values: { body: doc(paragraph('Signs')) }, lost: null },
    });
    expect(turn('heading', { text: 'Signs', level: 3 })['richText']?.lost).toMatch(/level/);
    expect(turn('richText', { body: doc(paragraph('Signs')) })['heading']?.values).toEqual({ text: 'Signs', level: 2 });
    const within: TextNode = { type: 'heading', attrs: { level: 4 }, content: words('Signs') };
    expect(turn('richText', { body: doc(within) })['heading']?.values).toEqual({ text: 'Signs', level: 4 });
    expect(turn('richText', { body: doc() })['heading']?.values).toEqual({ text: '', level: 2 });
  });

  it('do not, where a heading could not hold it', () => {
    const broken: TextNode = { type: 'paragraph', content: [...words('a'), { type: 'hardBreak' }, ...words('b')] };
    for (const body of [
      doc(strong),
      doc(broken),
      doc(paragraph('a'), paragraph('b')),
      doc(paragraph('a'.repeat(161))),
    ]) {
      expect(offered('richText', { body })).not.toContain('heading');
    }
  });
});

describe('a list', () => {
  const point = doc(strong, { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('deeper')] }] });

  it('becomes a text and comes back the same', () => {
    const list = { heading: '', style: 'NUMBERED', items: [doc(paragraph('one')), point] };
    const body = turn('list', list)['richText']?.values['body'];
    expect(body).toEqual(
      doc({
        type: 'orderedList',
        content: [
          { type: 'listItem', content: [paragraph('one')] },
          { type: 'listItem', content: point.content },
        ],
      }),
    );
    expect(turn('richText', { body })['list']).toEqual({ values: list, lost: null });
  });

  it('keeps its heading, and its empty points', () => {
    expect(turn('list', { heading: 'Signs', style: 'BULLETED', items: [doc()] })['richText']?.values['body']).toEqual(
      doc(
        { type: 'heading', attrs: { level: 3 }, content: words('Signs') },
        { type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'paragraph' }] }] },
      ),
    );
  });

  it('is not made of a text that is more than one list', () => {
    const bullets: TextNode = { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('one')] }] };
    expect(offered('richText', { body: doc(bullets) })).toContain('list');
    expect(offered('richText', { body: doc(bullets, paragraph('and more')) })).not.toContain('list');
    expect(offered('richText', { body: doc(bullets, bullets) })).not.toContain('list');
  });

  it('becomes questions that wait for answers, where each point is one line of plain words', () => {
    const items = [doc(paragraph('Does it hurt?')), doc(paragraph('For how long?'))];
    expect(turn('list', { heading: 'Ask us', style: 'BULLETED', items })['faq']).toEqual({
      lost: null,
      values: {
        heading: 'Ask us',
        questions: ['Does it hurt?', 'For how long?'].map((question) => ({
          key: expect.stringMatching(/^[a-z0-9]{10}$/),
          question,
          answer: doc(),
        })),
      },
    });
    expect(turn('list', { style: 'NUMBERED', items })['faq']?.lost).toMatch(/numbers/);
    expect(offered('list', { style: 'BULLETED', items: [point] })).toEqual(['richText']);
  });
});

describe('a callout', () => {
  const body = doc(strong);

  it('is a text set apart', () => {
    expect(turn('richText', { body })['callout']).toEqual({
      values: { tone: 'NOTE', heading: '', body, sources: [] },
      lost: null,
    });
    expect(turn('callout', { tone: 'NOTE', heading: '', body, sources: [] })).toEqual({
      richText: { values: { body }, lost: null },
    });
  });

  it('says what goes with it, and keeps its sources', () => {
    expect(turn('callout', { tone: 'WARNING', heading: 'Careful', body, sources: [] })['richText']).toEqual({
      values: { body: doc({ type: 'heading', attrs: { level: 3 }, content: words('Careful') }, strong) },
      lost: expect.stringMatching(/warning/),
    });
    expect(offered('callout', { tone: 'CLAIM', heading: '', body, sources: ['src_1'] })).toEqual([]);
  });
});

it('a quote becomes its words and who said them', () => {
  const values = { text: 'First.\nSecond.\n\nThird.', attribution: 'A former patient' };
  expect(turn('quote', values)['richText']?.values['body']).toEqual(
    doc(
      { type: 'paragraph', content: [...words('First.'), { type: 'hardBreak' }, ...words('Second.')] },
      paragraph('Third.'),
      paragraph('– A former patient'),
    ),
  );
  expect(turn('quote', { text: '', attribution: '' })['richText']?.values['body']).toEqual(doc());
});

it('offers nothing for other kinds, or where a kind is not known', () => {
  expect(conversionsOf({ key: 'k', kind: 'leadForm', values: {} }, kinds)).toEqual([]);
  expect(conversionsOf({ key: 'k', kind: 'heading', values: { text: 'x' } }, kinds.slice(0, 1))).toEqual([]);
});
