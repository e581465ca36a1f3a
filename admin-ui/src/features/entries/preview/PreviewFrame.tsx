import type { RefObject } from 'react';
import classes from './PreviewPane.module.css';
import { text } from './text';
import { type Width, widths } from './widths';

/** Where a draft is drawn, as wide as the device it is meant for. */
export const PreviewFrame = ({
  frame,
  title,
  width,
}: {
  frame: RefObject<HTMLIFrameElement | null>;
  title: string;
  width: Width;
}) => (
  <div className={classes['ground']}>
    <iframe
      ref={frame}
      title={text.frame(title)}
      className={classes['frame']}
      style={{ maxWidth: widths[width] ?? undefined }}
      // Same origin, so that it can be kept in step; no scripts, no forms, no way out.
      sandbox="allow-same-origin"
    />
  </div>
);
