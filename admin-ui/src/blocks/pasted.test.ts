import { describe, expect, it } from 'vitest';
import type { RichTextDocument, TextNode } from '~/richtext/contract';
import type { Piece } from '~/richtext/paste/pieces';
import type { Kind } from './definition';
import { takenApart } from './pasted';

const kind = (name: string, empty: Kind['empty']): Kind => ({
  kind: name,
  title: name,
  description: '',
  icon: '',
  layout: 'fields',
  fields: [],
  empty,
  belongsToItsPage: false,
});
const kinds = [
  kind('richText', {}),
  kind('heading', { text: '', level: 2 }),
  kind('quote', { text: '', attribution: '' }),
  kind('comparisonTable', { caption: '', columns: [], rows: [] }),
  kind('list', { heading: '', style: 'BULLETED', items: [] }),
];

const paragraph = (text: string): TextNode => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const textOf = (...content: TextNode[]): RichTextDocument => ({ type: 'doc', v: 1, content });
const section = (text: string): Piece => ({ type: 'section', content: [{ type: 'text', text }] });
const points = (count: number): TextNode => ({
  type: 'orderedList',
  content: Array.from({ length: count }, () => ({ type: 'listItem', content: [paragraph('a')] })),
});

const parts = (before: TextNode[], pieces: Piece[], after: TextNode[], known = kinds) =>
  takenApart(
    { before: textOf(...before), pieces, after: textOf(...after) },
    { key: 'own', kind: 'richText', field: 'body' },
    known,
  );
const shown = (...all: Parameters<typeof parts>) => parts(...all)?.blocks.map(({ kind, values }) => [kind, values]);
const text = (...content: TextNode[]) => ['richText', { body: textOf(...content) }];
const one = paragraph('one');
const two = paragraph('two');

describe('a text taken apart by what was pasted', () => {
  it('stands before and after it', () => {
    expect(shown([one], [paragraph('a'), section('b'), paragraph('c')], [two])).toEqual([
      text(one, paragraph('a')),
      ['heading', { text: 'b', level: 2 }],
      text(paragraph('c'), two),
    ]);
    expect(shown([], [section('b')], [])).toEqual([['heading', { text: 'b', level: 2 }]]);
  });

  it('has quotes, tables and lists that stand alone as blocks of their kind', () => {
    const quote: Piece = { type: 'quote', content: [one, two], attribution: 'A nurse' };
    const table: Piece = {
      type: 'table',
      caption: 'Stays',
      rows: [
        ['a', 'b'],
        ['c', 'd'],
      ],
    };
    expect(shown([], [section('a'), points(2), quote, table], [])).toEqual([
      ['heading', { text: 'a', level: 2 }],
      ['list', { heading: '', style: 'NUMBERED', items: [textOf(paragraph('a')), textOf(paragraph('a'))] }],
      ['quote', { text: 'one two', attribution: 'A nurse' }],
      ['comparisonTable', { caption: 'Stays', columns: ['a', 'b'], rows: [{ header: 'c', cells: ['d'] }] }],
    ]);
  });

  it('keeps a list with the words around it', () => {
    expect(shown([one], [points(1), section('a'), two, points(1)], [])).toEqual([
      text(one, points(1)),
      ['heading', { text: 'a', level: 2 }],
      text(two, points(1)),
    ]);
    expect(shown([], [section('a'), points(1)], [two])?.at(-1)).toEqual(text(points(1), two));
  });

  it('leaves as text what no kind can hold', () => {
    const quote: Piece = { type: 'quote', content: [paragraph('x'.repeat(601))], attribution: 'A nurse' };
    const wide: Piece = { type: 'table', caption: '', rows: [Array(9).fill('a'), Array(9).fill('b')] };
    expect(parts([], [section('x'.repeat(161)), quote, wide], [])).toBeNull();
    expect(shown([], [section('a'), quote], [])?.at(-1)).toEqual(
      text(paragraph('x'.repeat(601)), paragraph('A nurse')),
    );
    expect(shown([], [section('a'), points(51)], [])?.at(-1)).toEqual(text(points(51)));
    expect(parts([one], [section('a')], [], [])).toBeNull();
  });

  it('keeps its key where its own words are', () => {
    const keys = (...all: Parameters<typeof parts>) => parts(...all)?.blocks.map(({ key }) => key === 'own');
    expect(keys([one], [section('a'), two], [two])).toEqual([true, false, false]);
    expect(keys([], [paragraph('a'), section('a'), two], [two])).toEqual([false, false, true]);
    expect(keys([], [section('a'), two], [])).toEqual([false, false]);
  });

  it('is written on behind what was pasted', () => {
    const next = (...all: Parameters<typeof parts>) => {
      const found = parts(...all);
      const place = found?.blocks.findIndex(({ key }) => key === found.next.key);
      return { place, path: found?.next.path, caret: found?.next.caret };
    };
    expect(next([one], [section('a'), one, two], [two])).toEqual({ place: 2, path: ['body'], caret: { nodes: 2 } });
    expect(next([one], [section('a')], [two])).toEqual({ place: 2, path: ['body'], caret: { nodes: 0 } });
    expect(next([one], [section('a')], [])).toEqual({ place: 1, path: [], caret: undefined });
  });
});
