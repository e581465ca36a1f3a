import { describe, expect, it } from 'vitest';
import { blockAt, patchPreview, readPreview } from './patch';

const page = (...blocks: string[]) =>
  readPreview(
    `<!DOCTYPE html><html><body><header>Menu</header><main><article><header><h1>T</h1></header>${blocks.join('')}</article></main></body></html>`,
  );
const block = (key: string, words: string) => `<section id="${key}"><p>${words}</p></section>`;
const children = (document: Document) => [...(document.querySelector('article')?.children ?? [])];
const words = (document: Document) => children(document).map(({ textContent }) => textContent);

describe('a preview', () => {
  it('changes the block that was written in and leaves the others standing', () => {
    const shown = page(block('a', 'One'), block('b', 'Two'));
    const [head, first, second] = children(shown);
    expect(patchPreview(shown, page(block('a', 'One'), block('b', 'Three')))).toBe(true);
    expect(children(shown)[0]).toBe(head);
    expect(children(shown)[1]).toBe(first);
    expect(children(shown)[2]).not.toBe(second);
    expect(words(shown)).toEqual(['T', 'One', 'Three']);
  });

  it('moves, adds and removes blocks without drawing the rest anew', () => {
    const shown = page(block('a', 'One'), block('b', 'Two'), block('c', 'Three'));
    const [, , , third] = children(shown);
    patchPreview(shown, page(block('c', 'Three'), block('d', 'New'), block('a', 'One')));
    expect(words(shown)).toEqual(['T', 'Three', 'New', 'One']);
    expect(children(shown)[1]).toBe(third);
    patchPreview(shown, page());
    expect(words(shown)).toEqual(['T']);
  });

  it('is shown anew when it is no page yet', () => {
    const empty = new DOMParser().parseFromString('', 'text/html');
    expect(patchPreview(empty, page(block('a', 'One')))).toBe(false);
    expect(patchPreview(null, page())).toBe(false);
  });

  it('runs no script, keeps no secret of a form, and knows which block was clicked', () => {
    const shown = page(
      '<section id="f"><script type="x">1</script><form><input type="hidden" value="s"><b>Send</b></form></section>',
    );
    expect(shown.querySelector('script, input')).toBeNull();
    expect(blockAt(shown.querySelector('b'))).toBe('f');
    expect(blockAt(shown.querySelector('h1'))).toBeNull();
  });
});
