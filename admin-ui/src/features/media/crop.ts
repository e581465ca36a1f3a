/* Which part of a picture a shape shows: the same sums as the server's, so that what is shown here is what is served. */

export type Point = { x: number; y: number };
export type Frame = { x: number; y: number; width: number; height: number };

export const shapes = { LANDSCAPE: [16, 9], SQUARE: [1, 1], PORTRAIT: [4, 5] } as const;
export type CropShape = keyof typeof shapes;

const begin = (whole: number, part: number, percent: number) =>
  Math.min(Math.max(0, Math.floor((whole * percent) / 100) - Math.floor(part / 2)), whole - part);

/** The largest part of this shape, its middle as near the focal point as the edges allow; in pixels. */
export const frameOf = (shape: CropShape, width: number, height: number, focal: Point): Frame => {
  const [wide, high] = shapes[shape];
  const partWidth = Math.min(width, Math.max(1, Math.floor((height * wide) / high)));
  const partHeight = Math.min(height, Math.max(1, Math.floor((width * high) / wide)));
  return {
    x: begin(width, partWidth, focal.x),
    y: begin(height, partHeight, focal.y),
    width: partWidth,
    height: partHeight,
  };
};

/** How a whole picture lies behind a window of that frame, in percent of the window. */
export const placed = (frame: Frame, width: number, height: number) => ({
  width: `${(100 * width) / frame.width}%`,
  height: `${(100 * height) / frame.height}%`,
  left: `${(-100 * frame.x) / frame.width}%`,
  top: `${(-100 * frame.y) / frame.height}%`,
});

export const clamped = (value: number): number => Math.round(Math.min(100, Math.max(0, value)));
