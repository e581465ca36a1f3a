import { type Path, pathName } from '../path';

const focusable = 'input:not([type="hidden"]), textarea, select, [role="textbox"], button, [tabindex="0"]';

const fieldAt = (within: HTMLElement, path: Path): HTMLElement | null => {
  for (let length = path.length; length > 0; length -= 1) {
    const name = JSON.stringify(pathName(path.slice(0, length)));
    const field = within.querySelector<HTMLElement>(`[data-path=${name}]`);
    if (field !== null) return field;
  }
  return null;
};

/** A text's tools stand before it, and are not where one writes. */
const firstIn = (place: HTMLElement): HTMLElement | undefined =>
  [...place.querySelectorAll<HTMLElement>(focusable)].find((each) => each.closest('[role="toolbar"]') === null);

/** Puts the keyboard into the field at `path`, or the nearest one above it; into the first where there is none. */
export const focusField = (within: HTMLElement, path: Path): boolean => {
  const place = fieldAt(within, path) ?? within;
  const target = place.matches(focusable) ? place : firstIn(place);
  if (target === undefined) return false;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'nearest' });
  return true;
};
