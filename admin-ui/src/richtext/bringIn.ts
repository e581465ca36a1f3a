import type { EditorView } from '@tiptap/pm/view';
import type { RichTextDocument } from './contract';
import { toEditor } from './schema';

/**
 * Shows another text in place of the one that is written in. Only what differs is replaced, so the caret stays with the
 * words it was in.
 */
export const bringIn = (view: EditorView, value: RichTextDocument) => {
  const { doc, schema, tr, selection } = view.state;
  const next = schema.nodeFromJSON(toEditor(value));
  const start = doc.content.findDiffStart(next.content);
  const end = doc.content.findDiffEnd(next.content);
  if (start === null || end === null) return;
  // Of `aa` and `a` either letter may be the missing one. It is the one at the caret: what goes stood before it.
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const beyond = end.a > end.b ? end.a + overlap - selection.head : start - selection.head;
  const back = Math.min(Math.max(beyond, 0), overlap);
  const [from, to] = [start - back, overlap - back];
  tr.replace(from, end.a + to, next.slice(from, end.b + to));
  // Where the difference lies across nodes, a replacement is fitted in and may not come out the same.
  if (!tr.doc.eq(next)) tr.replaceWith(0, tr.doc.content.size, next.content);
  view.dispatch(tr.setMeta('preventUpdate', true));
};
