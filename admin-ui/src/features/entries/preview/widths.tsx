import { SegmentedControl } from '@mantine/core';
import { scaleOf } from './scale';
import { text } from './text';

/** How wide the site is shown, in pixels; null for as wide as there is room. */
export const widths = { phone: 390, tablet: 820, full: null } as const;

export type Width = keyof typeof widths;

/** Chooses the device whose width the site is shown at. */
export const WidthChoice = ({
  width,
  room,
  onWidth,
}: {
  width: Width;
  /** How much there is for it, in pixels. */
  room: number;
  onWidth: (width: Width) => void;
}) => (
  <SegmentedControl
    size="xs"
    aria-label={text.width}
    value={width}
    onChange={(next) => onWidth(next as Width)}
    data={[
      { value: 'phone', label: text.scaled(text.phone, scaleOf(widths.phone, room)) },
      { value: 'tablet', label: text.scaled(text.tablet, scaleOf(widths.tablet, room)) },
      { value: 'full', label: text.full },
    ]}
  />
);
