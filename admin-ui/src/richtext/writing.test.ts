import { Editor } from '@tiptap/core';
import { afterEach, describe, expect, it } from 'vitest';
import { placeCaret, pressKeys } from './begin';
import { bringIn } from './bringIn';
import { type RichTextDocument, type TextNode, toStored } from './contract';
import { extensions, toEditor } from './schema';

const paragraph = (text: string): TextNode => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const textOf = (...content: TextNode[]): RichTextDocument => ({ type: 'doc', v: 1, content });

let editor: Editor;
let updates = 0;
const opened: Editor[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.destroy();
});

const write = (content: RichTextDocument) => {
  updates = 0;
  const onUpdate = () => {
    updates += 1;
  };
  editor = new Editor({ extensions: extensions(), content: toEditor(content), injectCSS: false, onUpdate });
  opened.push(editor);
};
const stored = () => toStored(editor.getJSON());
/** The words before the caret in its line. */
const before = () => editor.state.selection.$from.parent.textBetween(0, editor.state.selection.$from.parentOffset);

describe('where writing begins', () => {
  it.each([
    ['start' as const, ''],
    ['end' as const, 'three'],
    [{ nodes: 0 }, ''],
    [{ nodes: 2 }, 'two'],
    [{ nodes: 3 }, 'three'],
  ])('is %j', (caret, words) => {
    write(textOf(paragraph('one'), paragraph('two'), paragraph('three')));
    placeCaret(editor.view, caret);
    expect(before()).toBe(words);
  });
});

describe('keys pressed before', () => {
  it('write, break lines and delete as if they had been pressed in the editor', () => {
    write(textOf(paragraph('one')));
    placeCaret(editor.view, 'end');
    pressKeys(editor.view, [...' twx', 'Backspace', 'o', 'Enter', 'x']);
    expect(stored()).toEqual(textOf(paragraph('one two'), paragraph('x')));
    expect(updates).toBeGreaterThan(0);
  });

  it('begin lists', () => {
    write(textOf());
    pressKeys(editor.view, [...'- a']);
    expect(stored().content).toEqual([
      { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('a')] }] },
    ]);
  });
});

describe('a text brought in from outside', () => {
  const bring = (from: TextNode[], caret: number, to: TextNode[]) => {
    write(textOf(...from));
    editor.commands.setTextSelection(caret);
    bringIn(editor.view, textOf(...to));
    expect(stored()).toEqual(textOf(...to));
    expect(updates).toBe(0);
    return before();
  };

  it('leaves the caret with the words it was in', () => {
    expect(bring([paragraph('soup'), paragraph('bread')], 9, [paragraph('hot soup'), paragraph('bread')])).toBe('br');
    expect(bring([paragraph('soup!')], 2, [paragraph('soup')])).toBe('s');
  });

  it('puts the caret where letters went or came', () => {
    expect(bring([paragraph('hot soup')], 5, [paragraph('soup')])).toBe('');
    expect(bring([paragraph('soup')], 1, [paragraph('hot soup')])).toBe('hot ');
    expect(bring([paragraph('Soup and bread')], 9, [paragraph('Soup bread')])).toBe('Soup');
    expect(bring([paragraph('Soup bread')], 5, [paragraph('Soup and bread')])).toBe('Soup and');
    expect(bring([paragraph('aaa')], 4, [paragraph('aa')])).toBe('aa');
    expect(bring([paragraph('one'), paragraph('two')], 6, [paragraph('onetwo')])).toBe('one');
  });

  it('is shown whole however much differs', () => {
    const list: TextNode = {
      type: 'orderedList',
      content: [{ type: 'listItem', content: [paragraph('one'), paragraph('two')] }],
    };
    bring([paragraph('one'), paragraph('two')], 3, [list]);
    bring([list], 3, [paragraph('two')]);
    bring([paragraph('a')], 2, [{ type: 'heading', attrs: { level: 4 }, content: [{ type: 'text', text: 'a' }] }]);
    bring([paragraph('a')], 2, []);
  });

  it('changes nothing when it is what is written', () => {
    write(textOf(paragraph('soup')));
    const { doc } = editor.state;
    bringIn(editor.view, textOf(paragraph('soup')));
    expect(editor.state.doc).toBe(doc);
  });
});
