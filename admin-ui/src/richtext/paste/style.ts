/*
 * The style attribute as it is written. The browser's own reading of it leaves out what it does not know, which is
 * where Word says what is a list.
 */

const kept = 'data-style';

/**
 * Styles out of the browser's sight, which would refuse each with a line in the console: a clipboard is parsed under the
 * policy of the page it is pasted into.
 */
export const withStylesAside = (html: string): string =>
  html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, '')
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/(\s)style(?=\s*=)/i, `$1${kept}`));

const declarations = (element: Element): [string, string][] =>
  (element.getAttribute(kept) ?? '').split(';').flatMap((declaration): [string, string][] => {
    const colon = declaration.indexOf(':');
    if (colon === -1) return [];
    return [
      [
        declaration.slice(0, colon).trim().toLowerCase(),
        declaration
          .slice(colon + 1)
          .trim()
          .toLowerCase(),
      ],
    ];
  });

/** What an element's own style says of `property`; the last word counts. */
export const styled = (element: Element, property: string): string | undefined =>
  declarations(element).findLast(([name]) => name === property)?.[1];
