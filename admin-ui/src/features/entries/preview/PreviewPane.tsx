import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import { IconLink, IconX } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Document as Draft } from '~/blocks/document';
import type { Entry, PreviewAnswer } from '../entry';
import { PreviewLinkDialog } from './PreviewLinkDialog';
import classes from './PreviewPane.module.css';
import { blockAt, patchPreview, readPreview } from './patch';
import { text } from './text';

/** How long a pause in writing must be before the preview follows. */
const pauseMs = 120;

const widths = { phone: 390, tablet: 820, full: null } as const;
type Width = keyof typeof widths;

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

/** The draft as the site would show it, following what is written. */
export const PreviewPane = ({
  entry,
  draft,
  active,
  mayShare,
  preview,
  onPick,
  onClose,
}: {
  entry: Entry;
  draft: Draft;
  /** The block that is written in: it stays in sight. */
  active: string | null;
  mayShare: boolean;
  preview: (content: Draft) => Promise<PreviewAnswer>;
  /** A block was clicked. */
  onPick: (key: string) => void;
  onClose: () => void;
}) => {
  const frame = useRef<HTMLIFrameElement>(null);
  const [width, setWidth] = useState<Width>('full');
  const [failure, setFailure] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const [sharing, setSharing] = useState(false);
  const work = useRef<{ latest: Draft; busy: boolean }>({ latest: draft, busy: false });

  const watch = useRef((_: Document) => {});
  useEffect(() => {
    watch.current = (there) => {
      there.addEventListener('click', (event) => {
        // Nothing in a preview leads anywhere but to the block it shows.
        event.preventDefault();
        const key = blockAt(event.target);
        if (key !== null) onPick(key);
      });
      there.addEventListener('keydown', ({ key }) => {
        if (key === 'Escape') onClose();
      });
    };
  });

  const drawLatest = useCallback(async () => {
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
          watch.current(there);
        }
        setShown(true);
      }
      setFailure(answer.kind === 'drawn' ? null : answer.message);
      // What was written meanwhile is drawn next, and only the last of it.
      if (work.current.latest === drawing) break;
    }
    work.current.busy = false;
  }, [preview]);

  useEffect(() => {
    work.current.latest = draft;
    const timer = setTimeout(() => void drawLatest(), pauseMs);
    return () => clearTimeout(timer);
  }, [draft, drawLatest]);

  useEffect(() => {
    if (active === null || !shown) return;
    frame.current?.contentDocument?.getElementById(active)?.scrollIntoView({ block: 'nearest' });
  }, [active, shown]);

  return (
    <section className={classes['pane']} aria-label={text.label}>
      <header className={classes['bar']}>
        <SegmentedControl
          size="xs"
          aria-label={text.width}
          value={width}
          onChange={(next) => setWidth(next as Width)}
          data={[
            { value: 'phone', label: text.phone },
            { value: 'tablet', label: text.tablet },
            { value: 'full', label: text.full },
          ]}
        />
        <span className={classes['grow']} role="status">
          {failure ?? (shown ? '' : text.drawing)}
        </span>
        {mayShare && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconLink size={15} stroke={1.6} aria-hidden />}
            onClick={() => setSharing(true)}
          >
            {text.share}
          </Button>
        )}
        <Tooltip label={text.close}>
          <ActionIcon aria-label={text.close} onClick={onClose}>
            <IconX size={17} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={classes['ground']}>
        <iframe
          ref={frame}
          title={text.frame(entry.title)}
          className={classes['frame']}
          style={{ maxWidth: widths[width] ?? undefined }}
          // Same origin, so that it can be kept in step; no scripts, no forms, no way out.
          sandbox="allow-same-origin"
        />
      </div>
      {sharing && <PreviewLinkDialog entryId={entry.id} onClose={() => setSharing(false)} />}
    </section>
  );
};
