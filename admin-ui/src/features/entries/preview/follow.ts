import type { Document as Draft } from '~/blocks/document';
import { shared } from '~/blocks/patch';
import type { Message } from './channel';

/** The editor a preview follows, and what is written there. */
export type Followed = { tab: string; draft: Draft; active: string | null };

/** With `left`, what was written last in an editor that is gone: shown until the saved draft is read. */
export type Following = { editor: Followed | null; left: Draft | null };

export const alone: Following = { editor: null, left: null };

/** Whom a preview follows: the editor that answers first, then the one that is written in. */
export const follow = (before: Following, message: Message): Following => {
  const { editor } = before;
  switch (message.kind) {
    case 'draft': {
      if (message.asked && editor !== null && editor.tab !== message.tab) return before;
      const { tab, active } = message;
      // What is equal stays the same, so that nothing is drawn again only because somebody went to another block.
      const draft = editor === null ? message.draft : shared(message.draft, editor.draft);
      return { editor: { tab, draft, active }, left: null };
    }
    case 'closed':
      return editor?.tab === message.tab ? { editor: null, left: editor.draft } : before;
    default:
      return before;
  }
};
