/** How wide a picture stands so that it is no higher than `most` pixels; known before it has come, so nothing jumps. */
export const fitted = ({ width, height }: { width: number; height: number }, most: number): string =>
  `min(100%, ${Math.round(Math.min(width, (most * width) / Math.max(1, height)))}px)`;
