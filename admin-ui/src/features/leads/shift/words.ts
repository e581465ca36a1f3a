/* What the menu of colleagues says of shifts; the rest is loaded when it is shown. */

export const turnText = {
  next: (name: string) => `Next on shift: ${name}`,
  noNext: 'Nobody else is on shift.',
};
