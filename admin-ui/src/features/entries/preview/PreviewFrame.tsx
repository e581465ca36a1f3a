import type { Ref, RefObject } from 'react';
import classes from './PreviewPane.module.css';
import { scaled } from './scale';
import { text } from './text';
import { type Width, widths } from './widths';

/** Where a draft is drawn, as wide as the device it is meant for. */
export const PreviewFrame = ({
  frame,
  title,
  width,
  ground,
  room,
}: {
  frame: RefObject<HTMLIFrameElement | null>;
  title: string;
  width: Width;
  /** Measures how much room there is. */
  ground: Ref<HTMLDivElement>;
  room: number;
}) => (
  <div ref={ground} className={classes['ground']}>
    <iframe
      ref={frame}
      title={text.frame(title)}
      className={classes['frame']}
      style={scaled(widths[width], room)}
      // Same origin, so that it can be kept in step; no scripts, no forms, no way out.
      sandbox="allow-same-origin"
    />
  </div>
);
