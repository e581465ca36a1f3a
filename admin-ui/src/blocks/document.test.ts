import { describe, expect, it } from 'vitest';
import type { Block } from './block';
import {
  type Document,
  type DocumentAction,
  type DocumentState,
  documentReducer,
  isDirty,
  startWith,
} from './document';

const block = (key: string, text = key): Block => ({ key, kind: 'quote', values: { text, by: { name: 'Ann' } } });
const start: Document = {
  slug: 'a-page',
  fields: { title: 'A page', seo: { title: '' } },
  blocks: ['a', 'b', 'c'].map((key) => block(key)),
};

const after = (...actions: DocumentAction[]): DocumentState => actions.reduce(documentReducer, startWith(start));
const keys = (state: DocumentState) => state.present.blocks.map(({ key }) => key).join('');
const write = (text: string, at: number, key = 'b'): DocumentAction => ({
  type: 'update',
  key,
  path: ['text'],
  value: text,
  at,
});

describe('editing', () => {
  it('puts several blocks in place of one in one step', () => {
    const split: DocumentAction = { type: 'split', key: 'b', blocks: ['b', 'x', 'y'].map((key) => block(key)) };
    expect(keys(after(split))).toBe('abxyc');
    expect(after(split, { type: 'undo' }).present).toBe(start);
    expect(keys(after(split, { type: 'undo' }, { type: 'redo' }))).toBe('abxyc');
    expect(after({ ...split, key: 'gone' }).present).toBe(start);
  });

  it('changes one block and leaves the others the same objects', () => {
    const { present } = after(write('x', 0));
    expect(present.blocks[1]?.values['text']).toBe('x');
    expect(present.blocks[0]).toBe(start.blocks[0]);
    expect(present.blocks[2]).toBe(start.blocks[2]);
    expect(present.blocks[1]?.values['by']).toBe(start.blocks[1]?.values['by']);
  });

  it('changes fields beside the blocks, and the address', () => {
    const { present } = after(
      { type: 'field', path: ['seo', 'title'], value: 'Found', at: 0 },
      { type: 'slug', value: 'b-page', at: 0 },
    );
    expect(present).toMatchObject({ slug: 'b-page', fields: { title: 'A page', seo: { title: 'Found' } } });
    expect(present.blocks).toBe(start.blocks);
  });

  it('inserts and removes, one or several', () => {
    expect(keys(after({ type: 'insert', index: 1, blocks: [block('x')] }))).toBe('axbc');
    expect(keys(after({ type: 'insert', index: 3, blocks: [block('x'), block('y')] }))).toBe('abcxy');
    expect(keys(after({ type: 'remove', keys: ['b'] }))).toBe('ac');
    expect(keys(after({ type: 'remove', keys: ['a', 'b'] }))).toBe('c');
  });

  it('does to several blocks in one step what is undone in one', () => {
    const undone = (action: DocumentAction) => documentReducer(after(action), { type: 'undo' }).present;
    expect(undone({ type: 'insert', index: 0, blocks: [block('x'), block('y')] })).toBe(start);
    expect(undone({ type: 'remove', keys: ['a', 'c'] })).toBe(start);
    expect(undone({ type: 'move', from: 0, count: 2, to: 1 })).toBe(start);
  });

  it('puts another block in the place of one', () => {
    const { present } = after({ type: 'turn', block: { key: 'b', kind: 'heading', values: { text: 'b' } } });
    expect(present.blocks.map(({ kind }) => kind)).toEqual(['quote', 'heading', 'quote']);
    expect(present.blocks[0]).toBe(start.blocks[0]);
  });

  it('moves within the ends', () => {
    expect(keys(after({ type: 'move', from: 0, to: 2 }))).toBe('bca');
    expect(keys(after({ type: 'move', from: 2, to: 0 }))).toBe('cab');
    expect(keys(after({ type: 'move', from: 0, to: 99 }))).toBe('bca');
    expect(isDirty(after({ type: 'move', from: 0, to: -1 }))).toBe(false);
  });

  it('moves several together, within the ends', () => {
    expect(keys(after({ type: 'move', from: 1, count: 2, to: 0 }))).toBe('bca');
    expect(keys(after({ type: 'move', from: 0, count: 2, to: 99 }))).toBe('cab');
    expect(isDirty(after({ type: 'move', from: 1, count: 2, to: 2 }))).toBe(false);
  });

  it('ignores what is not there', () => {
    const untouched = after(
      write('x', 0, 'z'),
      { type: 'remove', keys: ['z'] },
      { type: 'move', from: 9, to: 0 },
      { type: 'insert', index: 0, blocks: [] },
      { type: 'turn', block: block('z') },
    );
    expect(untouched.present).toBe(start);
    expect(untouched.past).toEqual([]);
  });
});

describe('undo', () => {
  const undo: DocumentAction = { type: 'undo' };
  const redo: DocumentAction = { type: 'redo' };

  it('takes back and brings again, over every sort of edit', () => {
    const state = after(write('x', 0), { type: 'remove', keys: ['a'] }, { type: 'move', from: 0, to: 1 });
    const back = [undo, undo, undo].reduce(documentReducer, state);
    expect(back.present).toBe(start);
    expect(documentReducer(back, undo)).toBe(back);
    expect([redo, redo, redo].reduce(documentReducer, back).present).toBe(state.present);
  });

  it('takes letters back together, until the writer pauses or goes elsewhere', () => {
    const state = after(
      write('x', 0),
      write('xy', 900),
      write('xyz', 1800),
      write('xyz!', 4000),
      write('q', 4100, 'c'),
    );
    const texts = (from: DocumentState) => from.present.blocks.map(({ values }) => values['text']).join(' ');
    const once = documentReducer(state, undo);
    const twice = documentReducer(once, undo);
    const thrice = documentReducer(twice, undo);
    expect([texts(state), texts(once), texts(twice), texts(thrice)]).toEqual([
      'a xyz! q',
      'a xyz! c',
      'a xyz c',
      'a b c',
    ]);
  });

  it('forgets what was undone once something else is written', () => {
    const state = after(write('x', 0), undo, write('y', 5000));
    expect(documentReducer(state, redo)).toBe(state);
  });

  it('keeps a bounded past', () => {
    const state = after(...Array.from({ length: 500 }, (_, at): DocumentAction => write(String(at), at * 5000)));
    expect(state.past.length).toBe(200);
  });
});

describe('what is saved', () => {
  it('is clean again when undone to it, or saved', () => {
    const edited = after(write('x', 0));
    expect(isDirty(edited)).toBe(true);
    expect(isDirty(documentReducer(edited, { type: 'undo' }))).toBe(false);
    const saved = documentReducer(edited, {
      type: 'merged',
      sent: edited.present,
      answered: edited.present,
      saved: edited.present,
    });
    expect(isDirty(saved)).toBe(false);
    expect(isDirty(documentReducer(saved, { type: 'undo' }))).toBe(true);
  });

  it('keeps what was written while it was on its way', () => {
    const sent = after(write('x', 0));
    const state = documentReducer(documentReducer(sent, write('xy', 100)), {
      type: 'merged',
      sent: sent.present,
      answered: sent.present,
      saved: sent.present,
    });
    expect(isDirty(state)).toBe(true);
    expect(state.present.blocks[1]?.values['text']).toBe('xy');
  });

  it('begins a new step after a save, so that undo returns to what was saved', () => {
    const sent = after(write('x', 0));
    const saved = documentReducer(sent, {
      type: 'merged',
      sent: sent.present,
      answered: sent.present,
      saved: sent.present,
    });
    const back = documentReducer(documentReducer(saved, write('xy', 100)), { type: 'undo' });
    expect(isDirty(back)).toBe(false);
  });

  it('is replaced by a load without history, and by a replacement with one', () => {
    const other: Document = { ...start, slug: 'other' };
    const loaded = documentReducer(after(write('x', 0)), { type: 'load', document: other });
    expect(loaded).toEqual(startWith(other));
    const replaced = documentReducer(loaded, { type: 'replace', document: start });
    expect(isDirty(replaced)).toBe(true);
    expect(documentReducer(replaced, { type: 'undo' }).present).toBe(other);
  });
});
