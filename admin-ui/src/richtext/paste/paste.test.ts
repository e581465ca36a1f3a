import { Editor } from '@tiptap/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { plainText, type RichTextDocument, type TextNode, toStored } from '../contract';
import { extensions, toEditor } from '../schema';
import { type Pasting, paste } from './paste';

const paragraph = (text: string): TextNode => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const textOf = (...content: TextNode[]): RichTextDocument => ({ type: 'doc', v: 1, content });
const points = (...words: string[]): TextNode => ({
  type: 'bulletList',
  content: words.map((word) => ({ type: 'listItem', content: [paragraph(word)] })),
});

let editor: Editor;
const opened: Editor[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.destroy();
});

/** What is written, with the caret where the text has a `|`. */
const write = (content: RichTextDocument) => {
  editor = new Editor({ extensions: extensions(), content: toEditor(content), injectCSS: false });
  opened.push(editor);
  editor.state.doc.descendants((node, position) => {
    const place = node.text?.indexOf('|') ?? -1;
    if (place === -1) return;
    editor.commands.deleteRange({ from: position + place, to: position + place + 1 });
    editor.commands.setTextSelection(position + place);
  });
};

const clipboard = (formats: { [type: string]: string }, files: File[] = []) =>
  ({ clipboardData: { getData: (type: string) => formats[type] ?? '', files } }) as unknown as ClipboardEvent;

const press = (html: string, onSplit?: Pasting['onSplit']) => {
  const onLoss = vi.fn();
  const done = paste(editor.view, clipboard({ 'text/html': html }), { onSplit, onLoss });
  return { done, loss: onLoss.mock.lastCall?.[0] };
};

const content = () => toStored(editor.getJSON()).content;

describe('pasting into a text', () => {
  it('puts words into the line', () => {
    write(textOf(paragraph('Bread |soup')));
    press('<meta charset="utf-8"><span style="font-weight: 700">and</span><span>&nbsp;</span>');
    expect(content()).toEqual([
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Bread ' },
          { type: 'text', text: 'and', marks: [{ type: 'strong' }] },
          { type: 'text', text: ' soup' },
        ],
      },
    ]);
  });

  it('lets the first and the last paragraph go on where the line was cut', () => {
    write(textOf(paragraph('One |two')));
    press('<p>a</p><p>b</p>');
    expect(content()).toEqual([paragraph('One a'), paragraph('btwo')]);
  });

  it('makes lists on an empty line', () => {
    write(textOf(paragraph('Before'), paragraph('|')));
    press('<ul><li>a</li><li>b</li></ul>');
    expect(content()).toEqual([paragraph('Before'), points('a', 'b')]);
  });

  it('keeps everything as text where the text is a field among others, and says what it lost', () => {
    write(textOf(paragraph('|')));
    const { loss } = press(
      `<h1>a</h1><blockquote>b</blockquote><table><tr><td>c<td>d<tr><td>e<td><a href="https://x.org">f</a></table><img src="x">`,
    );
    expect(content()).toEqual([
      { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'a' }] },
      paragraph('b'),
      paragraph('c · d'),
      paragraph('e · f'),
    ]);
    expect(loss).toEqual({ pictures: 1, embeds: 0, links: 1, tables: 1 });
  });

  it('says nothing where nothing was lost', () => {
    write(textOf(paragraph('|')));
    expect(press('<p>a</p>').loss).toBeUndefined();
  });

  it('leaves plain text and its own text to the editor', () => {
    write(textOf(paragraph('|')));
    expect(press('').done).toBe(false);
    expect(press('<p data-pm-slice="1 1 []">a</p>').done).toBe(false);
  });

  it('says that a picture alone is left out', () => {
    write(textOf(paragraph('a|')));
    const onLoss = vi.fn();
    const picture = new File([''], 'a.png', { type: 'image/png' });
    expect(paste(editor.view, clipboard({}, [picture]), { onSplit: undefined, onLoss })).toBe(true);
    expect(onLoss).toHaveBeenCalledWith({ pictures: 1, embeds: 0, links: 0, tables: 0 });
    expect(content()).toEqual([paragraph('a')]);
  });
});

describe('taking a text apart', () => {
  const taken = (html: string) => {
    const onSplit = vi.fn(() => true);
    press(html, onSplit);
    const [split] = (onSplit.mock.lastCall ?? []) as unknown as Parameters<NonNullable<Pasting['onSplit']>>;
    return split;
  };

  it('hands over what stands before and after the caret, without empty lines at the cut', () => {
    write(textOf(paragraph('One'), paragraph('two | three'), paragraph('four')));
    expect(taken('<h2>a</h2>b')).toMatchObject({
      before: textOf(paragraph('One'), paragraph('two')),
      pieces: [{ type: 'section' }, { type: 'paragraph' }],
      after: textOf(paragraph('three'), paragraph('four')),
    });
    write(textOf(paragraph('One|')));
    expect(taken('<h2>a</h2>b')).toMatchObject({ before: textOf(paragraph('One')), after: textOf() });
    write(textOf(points('a', 'b|', 'c')));
    expect(taken('<h2>a</h2>b')).toMatchObject({ before: textOf(points('a', 'b')), after: textOf(points('c')) });
    write(textOf(paragraph('|')));
    expect(taken('<h2>a</h2>b')).toMatchObject({ before: textOf(), after: textOf() });
  });

  it('leaves the text as it is, because what stands in its place comes from above', () => {
    write(textOf(paragraph('One|two')));
    taken('<h2>a</h2>');
    taken('<h2>a</h2>b');
    expect(plainText(textOf(...content()))).toBe('Oneatwo');
  });

  it('happens only for what a text cannot hold; a heading alone is words within a line', () => {
    write(textOf(paragraph('One |two')));
    expect(taken('<p>a</p><ul><li>b</li></ul><h3>c</h3>')).toBeUndefined();
    write(textOf(paragraph('One |two')));
    expect(taken('<h1>a</h1>')).toBeUndefined();
    expect(content()).toEqual([paragraph('One atwo')]);
    write(textOf(paragraph('|')));
    expect(taken('<h1>a</h1>')).toBeDefined();
  });

  it('falls back to text where the document cannot', () => {
    write(textOf(paragraph('|')));
    press('<h2>a</h2><p>b</p>', () => false);
    expect(plainText(textOf(...content()))).toBe('a b');
  });
});
