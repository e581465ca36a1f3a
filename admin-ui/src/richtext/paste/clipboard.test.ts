import { describe, expect, it } from 'vitest';
import type { Inline, ListItem, TextNode } from '../contract';
import { canEdit } from '../schema';
import { readClipboard } from './clipboard';
import { asText, type Piece } from './pieces';

/*
 * The files in fixtures/ are clipboards as the programs they are named after write them. What is read of one is drawn
 * here as people write it: a line a paragraph or point.
 */
const files = import.meta.glob<string>('./fixtures/*.html', { eager: true, query: '?raw', import: 'default' });
const fixture = (name: string): string => files[`./fixtures/${name}.html`] ?? '';

const drawnInline = (inline: Inline): string => {
  if (inline.type === 'hardBreak') return ' / ';
  if (inline.type === 'phone' || inline.type === 'person') return '☏';
  return (inline.marks ?? []).reduceRight((words, mark) => {
    if (mark.type === 'strong') return `*${words}*`;
    if (mark.type === 'em') return `_${words}_`;
    return `[${words}](${Object.values(mark.attrs.to).join()})`;
  }, inline.text);
};
const drawnLine = (content: Inline[] = []) => content.map(drawnInline).join('');

const drawnItem = ({ content }: ListItem, sign: string): string[] =>
  content.flatMap(drawnNode).map((line, place) => `${place === 0 ? sign : ' '} ${line}`);

const drawnNode = (node: TextNode): string[] => {
  switch (node.type) {
    case 'paragraph':
      return [drawnLine(node.content)];
    case 'heading':
      return [`${'#'.repeat(node.attrs.level)} ${drawnLine(node.content)}`];
    case 'bulletList':
      return node.content.flatMap((item) => drawnItem(item, '-'));
    case 'orderedList':
      return node.content.flatMap((item) => drawnItem(item, '1'));
  }
};

const drawn = (piece: Piece): string[] => {
  switch (piece.type) {
    case 'section':
      return [`## ${drawnLine(piece.content)}`];
    case 'quote':
      return [`> ${piece.content.flatMap(drawnNode).join(' ')} (${piece.attribution})`];
    case 'table':
      return [`| ${piece.caption}`, ...piece.rows.map((row) => `| ${row.join(' | ')}`)];
    default:
      return drawnNode(piece);
  }
};

const read = (html: string) => readClipboard(html).pieces.flatMap(drawn);

describe('a clipboard of', () => {
  it('Word has its lists, tables and headings, and nothing of its machinery', () => {
    expect(read(fixture('word-desktop'))).toEqual([
      '## Leaving the centre',
      '## Before you go',
      '*Plan the first week* with your counsellor. Write it _down_, and call [aftercare](https://example.org/aftercare) or [write to us](help@example.org).[1]',
      '- Pack your medicine',
      '  - for *fourteen* days',
      '- Collect your letters',
      '1 Hand in the key',
      '1 Say goodbye to your group',
      '## What each stay includes',
      '| ',
      '| Part | Short stay | Long stay',
      '| Family day | one | every Sunday',
      '> _I came back on a Tuesday, and somebody had kept my mug._ ()',
      'Ask the desk for a copy. The form is there.',
    ]);
    expect(readClipboard(fixture('word-desktop')).leftOut).toEqual({ pictures: 1, embeds: 0, links: 1 });
  });

  it('Word in the browser has lists of many points, though each came as a list of its own', () => {
    expect(read(fixture('word-online'))).toEqual([
      '## What to bring',
      '*Little* is needed. See [the list](https://example.org/list)_ first_',
      '- Clothes',
      '  - for a week',
      '- Papers',
      '1 Ring the bell',
      '1 Sit down',
    ]);
  });

  it('Google Docs is not bold as a whole, and its lists nest', () => {
    expect(read(fixture('google-docs'))).toEqual([
      '## Visiting somebody',
      '*Ring first.* Families come on _Sundays_; see [the rules](https://example.org/visits).',
      'One line / and the next',
      '- Children are welcome',
      '  - with a grown-up',
      '- Dogs are not',
      '### Parking',
      '| ',
      '| Place | Cars',
      '| By the lake | 12',
    ]);
  });

  it('a web page in Chrome keeps what a reader reads', () => {
    expect(read(fixture('chrome-article'))).toEqual([
      '## Sleep after detox',
      'By Kim Alder',
      'Nights are *hard* at first. Most people _sleep again_ within [two weeks](https://research.example.org/sleep?week=2#table). Call (781) 555-0142.',
      '## What helps',
      '- Daylight in the morning',
      '- No coffee after noon',
      '## What people say',
      '> The third night I slept through. (Robin, 34)',
      '#### Numbers',
      '| Hours of sleep a night',
      '| Week | Hours | Source',
      '| First | 4 | Survey',
      '| Second | 6½ | Survey',
      'Lights out / at ten',
      'Good night 🌙',
    ]);
    expect(readClipboard(fixture('chrome-article')).leftOut).toEqual({ pictures: 1, embeds: 1, links: 3 });
  });

  it('a web page in Safari has paragraphs where only breaks were', () => {
    expect(read(fixture('safari-article'))).toEqual([
      '## Eating well',
      'Begin with *soup*.',
      'Then bread.',
      '*Breakfast*',
      'Oats',
      '#### Later',
      '1 *Cook*',
      '1 Eat',
      '  - slowly',
      '> Nobody is hungry here. (The cook)',
    ]);
  });

  it('a spreadsheet is a table without its empty columns', () => {
    expect(read(fixture('sheets'))).toEqual(['| ', '| Programme | Weeks', '| Detox | 2', '| Aftercare | 52']);
  });

  it.each(Object.entries(files))('%s reads as a text that can be kept', (_, html) => {
    expect(canEdit({ type: 'doc', v: 1, content: asText(readClipboard(html).pieces) })).toBe(true);
  });
});

describe('reading a clipboard', () => {
  it('keeps the spaces around words from within a line', () => {
    expect(read('<span>a</span><span>&nbsp;</span>')).toEqual(['a ']);
    expect(read('\r\n<!--StartFragment--><span class="Apple-converted-space">&nbsp;</span>a\r\n')).toEqual([' a']);
    expect(read('<p>&nbsp;a&nbsp;&nbsp; b&nbsp;</p>')).toEqual(['a b']);
  });

  it('links to where a text may link', () => {
    expect(read('<a href="https://example.org/">in</a>')).toEqual(['[in](https://example.org/)']);
    expect(read('<a href="mailto:a@example.org?cc=b">in</a>')).toEqual(['[in](a@example.org)']);
    for (const href of ['http://example.org', 'javascript:alert(1)', 'tel:+1', '/here', 'https://a:b@example.org']) {
      expect(readClipboard(`<a href="${href}">out</a>`)).toEqual({
        pieces: [{ type: 'paragraph', content: [{ type: 'text', text: 'out' }] }],
        leftOut: { pictures: 0, embeds: 0, links: 1 },
      });
    }
    expect(readClipboard('<a href="#below">out</a><a name="here">here</a>').leftOut.links).toBe(0);
  });

  it('drops characters nobody sees', () => {
    expect(read('<p>so\u00adft\u200b \u202eword\ufeff\u0007s</p>')).toEqual(['soft words']);
  });

  it('goes through tables that only place things', () => {
    expect(read('<table role="presentation"><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>')).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(read('<table><tr><td><h2>a</h2><p>b</p></td><td>c</td></tr><tr><td>d</td></tr></table>')).toEqual([
      '## a',
      'b',
      'c',
      'd',
    ]);
  });

  it('keeps rows equal where cells reach over several', () => {
    const html = '<table><tr><th>a<th colspan=2>b</tr><tr><td rowspan=2>c<td>d<td>e</tr><tr><td>f</tr></table>';
    expect(read(html)).toEqual(['| ', '| a | b | ', '| c | d | e', '| c | f | ']);
  });

  it('takes a blockquote that is more than words for what it holds', () => {
    expect(read('<blockquote><p>Do</p><ul><li>this</li></ul></blockquote>')).toEqual(['Do', '- this']);
    expect(read('<blockquote><p>I read <cite>Walden</cite> again.</p></blockquote>')).toEqual([
      '> I read Walden again. ()',
    ]);
    expect(read('<blockquote><p>Rest.</p><p>— A nurse</p></blockquote>')).toEqual(['> Rest. (A nurse)']);
  });

  it('gives points that have no words of their own to the point above', () => {
    expect(read('<ul><li>a</li><li><ul><li>b</li></ul></li></ul>')).toEqual(['- a', '  - b']);
    expect(read('<ul><li><ul><li>b</li></ul></li><li>c</li></ul>')).toEqual(['- b', '- c']);
    expect(read('<ul><li><h2>a</h2>b</li><li></li></ul>')).toEqual(['- a', '  b']);
  });

  it('nests lists no deeper than is kept', () => {
    const nested = (levels: number): string => (levels === 0 ? 'end' : `a<ul><li>${nested(levels - 1)}</li></ul>`);
    const deepest = (nodes: readonly TextNode[]): number =>
      Math.max(
        0,
        ...nodes.map((node) =>
          'content' in node && node.type !== 'paragraph' && node.type !== 'heading'
            ? 1 + Math.max(...node.content.map(({ content }) => deepest(content)))
            : 0,
        ),
      );
    expect(deepest(asText(readClipboard(nested(9)).pieces))).toBe(6);
    expect(read(nested(9)).join()).toContain('end');
    const point = (level: number) => `<p style="mso-list:l0 level${level} lfo1">${level}</p>`;
    const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const { pieces } = readClipboard(levels.map(point).join(''));
    expect(deepest(asText(pieces))).toBe(6);
    expect(pieces.flatMap(drawn).join('').replace(/\D/g, '')).toBe(levels.join(''));
  });
});
