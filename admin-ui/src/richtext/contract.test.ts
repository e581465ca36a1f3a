// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import { Node as ProseMirrorNode } from '@tiptap/pm/model';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { emptyText, isLinkTo, plainText, type RichTextDocument, toStored } from './contract';
import { canEdit, extensions, richTextSchema, toEditor } from './schema';

const files = import.meta.glob<{ default: unknown }>('./fixtures/*.json', { eager: true });
const fixtures = Object.entries(files).map(([path, module]) => ({
  name: path.replace(/^.*\/|\.json$/g, ''),
  document: module.default,
}));
const named = (prefix: string) => fixtures.filter(({ name }) => name.startsWith(prefix));

const written = (document: RichTextDocument) => {
  const editor = new Editor({ extensions: extensions(), content: toEditor(document), injectCSS: false });
  const stored = toStored(editor.getJSON());
  editor.destroy();
  return stored;
};

const pasted = (html: string) => {
  const editor = new Editor({ extensions: extensions(), content: '', injectCSS: false });
  editor.view.pasteHTML(html);
  const stored = toStored(editor.getJSON());
  editor.destroy();
  return stored;
};

describe('the contract', () => {
  it('has fixtures of each sort', () => {
    expect(named('valid-').length).toBeGreaterThan(8);
    expect(named('invalid-').length).toBeGreaterThan(15);
    expect(named('unfit-').length).toBeGreaterThan(4);
  });

  it.each(named('valid-'))('$name comes back from the editor exactly', ({ document }) => {
    expect(canEdit(document)).toBe(true);
    expect(written(document as RichTextDocument)).toEqual(document);
    ProseMirrorNode.fromJSON(richTextSchema(), toEditor(document as RichTextDocument)).check();
  });

  it.each([...named('invalid-'), ...named('unfit-')])('$name is not opened for writing', ({ document }) => {
    expect(canEdit(document)).toBe(false);
  });

  it('stores a text without words as empty', () => {
    expect(toStored({ content: [{ type: 'paragraph' }, { type: 'paragraph' }] })).toBe(emptyText);
  });

  it('stores no marks on what is not text', () => {
    const marked = { type: 'hardBreak', marks: [{ type: 'strong' }] };
    expect(toStored({ content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a' }, marked] }] })).toEqual({
      type: 'doc',
      v: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a' }, { type: 'hardBreak' }] }],
    });
  });

  it('reads as plain words', () => {
    const lists = named('valid-lists')[0]?.document as RichTextDocument;
    expect(plainText(lists)).toBe('First Within, one Within, two More of it. Second After.');
  });

  it('knows a target from what is none', () => {
    expect(isLinkTo({ url: 'https://example.org' })).toBe(true);
    expect(isLinkTo({ url: 'https://' })).toBe(false);
    expect(isLinkTo({ url: '//example.org' })).toBe(false);
    expect(isLinkTo({ page: 'pag_8zzzzzzzzzzzzzzzzzzzzzzzzz' })).toBe(false);
    expect(isLinkTo({ constructor: 'x' })).toBe(false);
    expect(isLinkTo({})).toBe(false);
  });
});

describe('pasting', () => {
  // ProseMirror makes one for every paste; jsdom has none.
  beforeAll(() => vi.stubGlobal('ClipboardEvent', class extends Event {}));

  it('keeps words, emphasis, lists and safe links, and drops the rest', () => {
    const stored = pasted(
      `<h1 style="color:red">Title</h1><p class="MsoNormal" align="center"><font color="#f00">Red <b>bold</b></font>
       <a href="https://example.org" onclick="x()">out</a> <a href="javascript:alert(1)">bad</a></p>
       <img src="x" onerror="alert(1)"><script>alert(1)</script><ol start="4" type="a"><li>one</li></ol>`,
    );
    const json = JSON.stringify(stored);
    expect(json).not.toMatch(/style|class|align|font|onclick|javascript|img|script|start/);
    expect(stored.content[0]).toEqual({
      type: 'heading',
      attrs: { level: 3 },
      content: [{ type: 'text', text: 'Title' }],
    });
    expect(json).toContain('{"type":"text","text":"bold","marks":[{"type":"strong"}]}');
    expect(json).toContain('"to":{"url":"https://example.org/"}');
    expect(json).toContain('bad');
    expect(json).toContain('orderedList');
    expect(canEdit(stored)).toBe(true);
  });

  it('keeps what a link names when copied within the admin', () => {
    const to = { therapy: 'thr_01jd8z0000e008000000000002' };
    const stored = pasted(`<p>See <a data-to='${JSON.stringify(to)}'>group therapy</a></p>`);
    expect(JSON.stringify(stored)).toContain(JSON.stringify(to));
    expect(JSON.stringify(pasted(`<p>x<a data-to='{"page":"nonsense"}'>y</a></p>`))).not.toContain('nonsense');
  });

  it('does not take Google Docs for bold', () => {
    const stored = pasted('<b style="font-weight:normal"><p><span style="font-weight:700">strong</span> plain</p></b>');
    expect(stored.content).toEqual([
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'strong', marks: [{ type: 'strong' }] },
          { type: 'text', text: ' plain' },
        ],
      },
    ]);
  });
});
