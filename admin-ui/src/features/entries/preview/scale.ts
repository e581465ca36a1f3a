/** How much smaller a frame of that width, in pixels, is drawn where there is only so much room; never larger. */
export const scaleOf = (width: number | null, room: number): number =>
  width === null || room <= 0 ? 1 : Math.min(1, room / width);

/** The frame at its true width, drawn smaller; what that takes of its height it is given before. */
export const scaled = (width: number | null, room: number) => {
  const scale = scaleOf(width, room);
  if (width === null) return {};
  return {
    flex: 'none',
    width,
    height: `${100 / scale}%`,
    // What it takes of the layout is what is seen of it.
    marginRight: -width * (1 - scale),
    transform: scale === 1 ? undefined : `scale(${scale})`,
    transformOrigin: '0 0',
  };
};
