import { styled } from './style';

/*
 * What Word writes. Its desktop editions put each point of a list into a paragraph that names list and level in its
 * style and begins with a bullet made of letters and spaces; the one in the browser puts each into a list of its own.
 */

/** The bullet or number that Word writes out before a point. */
export const isMarker = (element: Element): boolean => styled(element, 'mso-list') === 'ignore';

/** Comments in the margin, and the marks in the text that lead to them. */
export const isComment = (element: Element): boolean =>
  /^comment/.test(styled(element, 'mso-element') ?? '') || element.classList.contains('MsoCommentReference');

const isNumber = /^\(?(\d+|[a-z]{1,5})[.)]/i;

export type WordPoint = { level: number; ordered: boolean };

/** How a paragraph or an item stands in a list, as Word says; null where it says nothing. */
export const wordPoint = (element: Element): WordPoint | null => {
  if (element.localName === 'li') {
    const level = Number(element.getAttribute('data-aria-level'));
    return level > 0 ? { level, ordered: element.parentElement?.localName === 'ol' } : null;
  }
  const level = /\blevel(\d)/.exec(styled(element, 'mso-list') ?? '')?.[1];
  if (level === undefined || element.localName !== 'p') return null;
  const marker = [...element.querySelectorAll('span')].find(isMarker)?.textContent ?? '';
  return { level: Number(level), ordered: isNumber.test(marker.trim()) };
};

export const isTitle = (element: Element): boolean => element.classList.contains('MsoTitle');

export const isQuote = (element: Element): boolean =>
  element.classList.contains('MsoQuote') || element.classList.contains('MsoIntenseQuote');
