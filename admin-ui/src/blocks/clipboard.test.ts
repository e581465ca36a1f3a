import { describe, expect, it } from 'vitest';
import type { Block } from './block';
import { readClipboard, writeClipboard } from './clipboard';
import { inventedKind } from './fixtures';

const kinds = [inventedKind];
const written = (words: string, marks?: object[]) => ({
  type: 'doc',
  v: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text: words, ...(marks && { marks }) }] }],
});
const soup: Block = {
  key: 'soup',
  kind: 'recipe',
  values: {
    ...inventedKind.empty,
    heading: 'Soup <b>& more</b>',
    method: written('Boil "water".', [{ type: 'strong' }]),
    steps: [{ key: 'one', title: 'First', text: written('Chop') }],
    tags: ['a', 'b'],
  },
};
const bread: Block = { key: 'bread', kind: 'recipe', values: { ...inventedKind.empty, heading: 'Bread' } };

const holding = (json: unknown) => {
  const frame = document.createElement('div');
  frame.setAttribute('data-hillside-blocks', JSON.stringify(json));
  return frame.outerHTML;
};
const recipe = (values: object) => holding({ v: 1, blocks: [{ recipe: { key: 'k', ...values } }] });
const refusal = (html: string) => {
  const read = readClipboard(html, kinds);
  return read?.kind === 'refused' ? read.message : read;
};

describe('copied blocks', () => {
  const copied = writeClipboard([soup, bread], kinds);

  it('come back as they were, with keys of their own, those within too', () => {
    const read = readClipboard(`<meta charset="utf-8"><!--StartFragment-->${copied.html}<!--EndFragment-->`, kinds);
    if (read?.kind !== 'blocks') throw new Error(read?.message);
    const [first, second] = read.blocks;
    const fresh = expect.stringMatching(/^[a-z0-9]{10}$/);
    expect(first).toEqual({
      key: fresh,
      kind: 'recipe',
      values: { ...soup.values, shape: null, steps: [{ key: fresh, title: 'First', text: written('Chop') }] },
    });
    expect(second?.values['heading']).toBe('Bread');
    expect(new Set([first?.key, second?.key, 'soup', 'bread']).size).toBe(4);
  });

  it('are words to every other program', () => {
    expect(copied.text).toBe('Soup <b>& more</b>\nBoil "water".\nFirst\nChop\na\tb\n\nBread');
    const page = new DOMParser().parseFromString(copied.html, 'text/html');
    expect([...page.querySelectorAll('p')].map((each) => each.textContent).at(0)).toBe('Soup <b>& more</b>');
    expect(page.querySelector('b')).toBeNull();
  });
});

describe('what is pasted', () => {
  it('is nothing of ours without the mark', () => {
    expect(readClipboard('<p>Soup</p>', kinds)).toBeNull();
    expect(readClipboard('<p>data-hillside-blocks</p>', kinds)).toBeNull();
    expect(readClipboard('', kinds)).toBeNull();
  });

  it('is filled up where a field came later', () => {
    const read = readClipboard(recipe({ heading: 'Soup' }), kinds);
    expect(read).toMatchObject({ blocks: [{ values: { heading: 'Soup', serves: 2, steps: [] } }] });
  });

  it('is refused with a sentence where a kind or field is not known', () => {
    expect(refusal(holding({ v: 1, blocks: [{ poem: { key: 'k' } }] }))).toMatch(/no kind of block called “poem”/);
    expect(refusal(recipe({ smell: 'good' }))).toMatch(/“Recipe” has no field “smell”/);
    expect(refusal(recipe({ steps: [{ key: 'x', title: '', text: written('x'), who: 'me' }] }))).toMatch(
      /“Recipe: Steps” has no field “who”/,
    );
  });

  it('is refused where a field holds what it cannot hold', () => {
    const image = { type: 'doc', v: 1, content: [{ type: 'image' }] };
    const coloured = written('x', [{ type: 'colour' }]);
    const strange = [
      ['heading', 7],
      ['method', 'words'],
      ['method', image],
      ['method', coloured],
      ['method', { ...written('x'), v: 2 }],
      ['serves', 1.5],
      ['diet', 'MEAT'],
      ['vegan', 'yes'],
      ['places', 'loc_1'],
      ['steps', [1]],
      ['tags', [['a']]],
      ['heading', null],
    ];
    for (const [name, value] of strange) {
      expect(refusal(recipe({ [name as string]: value })), String(name)).toMatch(/does not belong there/);
    }
    expect(readClipboard(recipe({ minutes: null, cook: null, until: null }), kinds)?.kind).toBe('blocks');
  });

  it('is refused where it is broken, of another version, or too much', () => {
    expect(refusal('<i data-hillside-blocks="{">')).toMatch(/cannot be read/);
    expect(refusal(holding(null))).toMatch(/another version/);
    expect(refusal(holding({ v: 2, blocks: [] }))).toMatch(/another version/);
    expect(refusal(holding({ v: 1, blocks: [] }))).toMatch(/cannot be read/);
    expect(refusal(holding({ v: 1, blocks: [{ a: {}, b: {} }] }))).toMatch(/cannot be read/);
    expect(refusal(recipe({ heading: 'x'.repeat(4_000_001) }))).toMatch(/too much/);
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const within = `{"v":1,"blocks":[{"recipe":{"method":{"type":"doc","v":1,"content":${deep}}}}]}`;
    expect(refusal(`<i data-hillside-blocks='${within}'>`)).toMatch(/Nothing was pasted|cannot be read/);
  });
});
