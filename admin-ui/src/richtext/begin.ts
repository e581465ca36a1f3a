import type { Node } from '@tiptap/pm/model';
import { Selection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { Caret } from './RichText';

const selectionAt = (view: EditorView, caret: Caret): Selection => {
  const { doc } = view.state;
  if (caret === 'start') return Selection.atStart(doc);
  if (caret === 'end') return Selection.atEnd(doc);
  if ('nodes' in caret) return caret.nodes === 0 ? Selection.atStart(doc) : endOf(doc, caret.nodes);
  const corner = view.dom.getBoundingClientRect();
  const place = view.posAtCoords({ left: corner.left + caret.left, top: corner.top + caret.top });
  return place === null ? Selection.atEnd(doc) : Selection.near(doc.resolve(place.pos));
};

const endOf = (doc: Node, nodes: number): Selection => {
  const size = doc.children.slice(0, nodes).reduce((sum, { nodeSize }) => sum + nodeSize, 0);
  return Selection.near(doc.resolve(size), -1);
};

export const placeCaret = (view: EditorView, caret: Caret) => {
  view.dispatch(view.state.tr.setSelection(selectionAt(view, caret)));
};

/** Goes on writing where the caret is. */
export const writeOn = (view: EditorView, words: string) => {
  view.focus();
  view.dispatch(view.state.tr.insertText(words).scrollIntoView());
};

/** Does what the editor had done if these keys had been pressed in it. */
export const pressKeys = (view: EditorView, keys: readonly string[]) => {
  for (const key of keys) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    if (view.someProp('handleKeyDown', (handle) => handle(view, event))) continue;
    const { from, to, empty, $from } = view.state.selection;
    if (key.length === 1) {
      const insert = () => view.state.tr.insertText(key, from, to);
      if (!view.someProp('handleTextInput', (handle) => handle(view, from, to, key, insert))) view.dispatch(insert());
    } else if (key === 'Backspace' && empty && $from.parentOffset > 0) {
      view.dispatch(view.state.tr.delete(from - 1, to));
    }
  }
};
