import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconLink, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Document as Draft } from '~/blocks/document';
import type { EntryListLink } from '../EditorBar';
import type { Entry, PreviewAnswer } from '../entry';
import { PopOut } from './PopOut';
import { PreviewFrame } from './PreviewFrame';
import { PreviewLinkDialog } from './PreviewLinkDialog';
import classes from './PreviewPane.module.css';
import { text } from './text';
import { useDrawing } from './useDrawing';
import { type Width, WidthChoice } from './widths';

/** The draft as the site would show it, following what is written. */
export const PreviewPane = ({
  entry,
  list,
  draft,
  active,
  mayShare,
  preview,
  onPick,
  onPoppedOut,
  onClose,
}: {
  entry: Entry;
  list: EntryListLink['to'];
  draft: Draft;
  /** The block that is written in: it stays in sight. */
  active: string | null;
  mayShare: boolean;
  preview: (content: Draft) => Promise<PreviewAnswer>;
  /** A block was clicked. */
  onPick: (key: string) => void;
  /** It went to a window of its own; absent where it lies over the document and there is no room for another. */
  onPoppedOut: ((window: Window) => void) | undefined;
  onClose: () => void;
}) => {
  const [width, setWidth] = useState<Width>('full');
  const { ref: ground, width: room } = useElementSize();
  const [sharing, setSharing] = useState(false);
  const { frame, shown, failure } = useDrawing({ draft, active, preview, onPick, onEscape: onClose });
  return (
    <section className={classes['pane']} aria-label={text.label}>
      <header className={classes['bar']}>
        <WidthChoice width={width} room={room} onWidth={setWidth} />
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
        {onPoppedOut !== undefined && <PopOut list={list} id={entry.id} onPoppedOut={onPoppedOut} />}
        <Tooltip label={text.close}>
          <ActionIcon aria-label={text.close} onClick={onClose}>
            <IconX size={17} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </header>
      <PreviewFrame frame={frame} title={entry.title} width={width} ground={ground} room={room} />
      {sharing && <PreviewLinkDialog entryId={entry.id} onClose={() => setSharing(false)} />}
    </section>
  );
};
