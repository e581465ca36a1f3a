/*
 * Keeps a drawn preview in step with the draft: only what differs is put in place of what is there, so nothing flickers
 * and the reader stays where they are.
 */

/** What a preview has no use for: data for machines, and a form's own secrets, which are new each time it is drawn. */
const withoutUse = 'script, input[type="hidden"]';

export const readPreview = (html: string): Document => {
  const drawn = new DOMParser().parseFromString(html, 'text/html');
  for (const element of drawn.querySelectorAll(withoutUse)) element.remove();
  return drawn;
};

const article = (document: Document | null) => document?.querySelector<HTMLElement>('main article') ?? null;

/** Makes `shown` look like `drawn`; false when they have too little in common and the whole must be shown anew. */
export const patchPreview = (shown: Document | null, drawn: Document): boolean => {
  const before = article(shown);
  const after = article(drawn);
  if (shown === null || before === null || after === null) return false;
  const known = new Map<string, Element>();
  for (const child of before.children) if (child.id !== '') known.set(child.id, child);
  let place = 0;
  for (const wanted of [...after.children]) {
    const there = before.children[place];
    const same = known.get(wanted.id) ?? there;
    if (same?.isEqualNode(wanted)) {
      if (same !== there) before.insertBefore(same, there ?? null);
    } else {
      const fresh = shown.adoptNode(wanted.cloneNode(true)) as Element;
      if (same !== undefined && same === there) same.replaceWith(fresh);
      else before.insertBefore(fresh, there ?? null);
    }
    place += 1;
  }
  while (before.children.length > place) before.lastElementChild?.remove();
  return true;
};

/** The key of the block that something in the preview belongs to. */
export const blockAt = (target: EventTarget | null): string | null => {
  let element = target as Element | null;
  while (element !== null && element.parentElement?.matches('main article') !== true) element = element.parentElement;
  return element === null || element.id === '' ? null : element.id;
};
