import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Document as Draft } from '~/blocks/document';
import type { PreviewAnswer } from '../entry';
import { blockAt, patchPreview, readPreview } from './patch';

/** How long a pause in writing must be before the preview follows, and how long it waits for one at most. */
const pauseMs = 120;
const longestMs = 300;

/** A frame's next document, once it can be read: `load` would wait for its pictures. Null when the frame has gone. */
const nextDocument = (frame: HTMLIFrameElement): Promise<Document | null> => {
  const before = frame.contentDocument;
  return new Promise((resolve) => {
    const look = () => {
      const there = frame.contentDocument;
      if (!frame.isConnected) resolve(null);
      else if (there === null || there === before || there.readyState === 'loading') requestAnimationFrame(look);
      else resolve(there);
    };
    requestAnimationFrame(look);
  });
};

export type Drawing = {
  frame: RefObject<HTMLIFrameElement | null>;
  /** Whether anything is shown yet. */
  shown: boolean;
  /** Why the last of it could not be drawn. */
  failure: string | null;
};

/** Draws a draft into a frame as the site would show it, and follows what is written. */
export const useDrawing = ({
  draft,
  active,
  preview,
  onPick,
  onEscape,
}: {
  draft: Draft;
  /** The block that is written in: it stays in sight. */
  active: string | null;
  preview: (content: Draft) => Promise<PreviewAnswer>;
  /** A block was clicked. */
  onPick: (key: string) => void;
  onEscape?: () => void;
}): Drawing => {
  const frame = useRef<HTMLIFrameElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const work = useRef<{ latest: Draft; busy: boolean; since: number | null }>({
    latest: draft,
    busy: false,
    since: null,
  });

  const handlers = useRef({ onPick, onEscape });
  useEffect(() => {
    handlers.current = { onPick, onEscape };
  });
  const watch = useCallback((there: Document) => {
    there.addEventListener('click', (event) => {
      // Nothing in a preview leads anywhere but to the block it shows.
      event.preventDefault();
      const key = blockAt(event.target);
      if (key !== null) handlers.current.onPick(key);
    });
    there.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') handlers.current.onEscape?.();
    });
  }, []);

  const drawLatest = useCallback(async () => {
    work.current.since = null;
    if (work.current.busy) return;
    work.current.busy = true;
    for (;;) {
      const drawing = work.current.latest;
      const answer = await preview(drawing);
      if (frame.current === null) break;
      if (answer.kind === 'drawn') {
        const drawn = readPreview(answer.html);
        if (!patchPreview(frame.current.contentDocument, drawn)) {
          const coming = nextDocument(frame.current);
          frame.current.srcdoc = drawn.documentElement.outerHTML;
          const there = await coming;
          if (there === null) break;
          watch(there);
        }
        setShown(true);
      }
      setFailure(answer.kind === 'drawn' ? null : answer.message);
      // What was written meanwhile is drawn next, and only the last of it.
      if (work.current.latest === drawing) break;
    }
    work.current.busy = false;
  }, [preview, watch]);

  useEffect(() => {
    const { current } = work;
    current.latest = draft;
    current.since ??= Date.now();
    const wait = Math.max(0, Math.min(pauseMs, current.since + longestMs - Date.now()));
    const timer = setTimeout(() => void drawLatest(), wait);
    return () => clearTimeout(timer);
  }, [draft, drawLatest]);

  useEffect(() => {
    if (active === null || !shown) return;
    frame.current?.contentDocument?.getElementById(active)?.scrollIntoView({ block: 'nearest' });
  }, [active, shown]);

  return { frame, shown, failure };
};
