import type { ReactNode } from 'react';
import type { Point } from '~/richtext/point';
import type { Field } from '../definition';
import type { Path } from '../path';

/** What a control is told: its place, its value, and what is wrong with it. */
export type ControlProps<F extends Field = Field> = {
  field: F;
  path: Path;
  value: unknown;
  error: ReactNode;
  onChange: (value: unknown) => void;
  /** The label is for those who hear it only: the list around says what its items are. */
  labelHidden: boolean;
  /** The block is nothing but this field. */
  bare: boolean;
  /** It is one of a list of short texts. */
  point?: Point | undefined;
};
