import { SegmentedControl } from '@mantine/core';
import { text } from './text';

/** How wide the site is shown, in pixels; null for as wide as there is room. */
export const widths = { phone: 390, tablet: 820, full: null } as const;

export type Width = keyof typeof widths;

/** Chooses the device whose width the site is shown at. */
export const WidthChoice = ({ width, onWidth }: { width: Width; onWidth: (width: Width) => void }) => (
  <SegmentedControl
    size="xs"
    aria-label={text.width}
    value={width}
    onChange={(next) => onWidth(next as Width)}
    data={[
      { value: 'phone', label: text.phone },
      { value: 'tablet', label: text.tablet },
      { value: 'full', label: text.full },
    ]}
  />
);
