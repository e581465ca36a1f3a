import { linkedTo } from '../schema';
import { styled } from './style';
import { isData } from './table';
import { isComment } from './word';

/** What of a clipboard has no place in a document, as far as anybody would miss it. */
export type LeftOut = { pictures: number; embeds: number; links: number };

const silent =
  'script, style, template, noscript, title, meta, link, button, input, select, textarea, del, svg, [hidden], [aria-hidden="true"]';

const embedded = 'video, audio, iframe, object, embed';

const isHidden = (element: Element) => styled(element, 'display') === 'none' || styled(element, 'mso-hide') === 'all';

/** Counters of visitors are pictures of a single point. */
const isSeen = (picture: Element) =>
  !['width', 'height'].some((side) => ['0', '1'].includes(picture.getAttribute(side) ?? ''));

const emoji = /^\p{Extended_Pictographic}/u;

/** A caption says nothing without its picture. */
const withCaption = (picture: Element): Element => {
  const figure = picture.closest('figure');
  return figure === null || figure.querySelector('table, blockquote') !== null ? picture : figure;
};

const takePictures = (body: HTMLElement): number => {
  const pictures = [...body.querySelectorAll('img')];
  for (const picture of pictures) if (emoji.test(picture.alt)) picture.replaceWith(picture.alt);
  const left = pictures.filter((picture) => body.contains(picture));
  for (const picture of left) withCaption(picture).remove();
  return left.filter(isSeen).length;
};

const takeEmbeds = (body: HTMLElement): number => {
  const all = [...body.querySelectorAll(embedded)];
  const outer = all.filter((each) => each.parentElement?.closest(embedded) == null);
  for (const each of outer) withCaption(each).remove();
  return outer.length;
};

const isLost = (link: HTMLAnchorElement): boolean => {
  if (link.textContent.trim() === '' || link.getAttribute('href')?.startsWith('#')) return false;
  const table = link.closest('table');
  return linkedTo(link) === null || (table !== null && isData(table));
};

/** Takes out of the parsed clipboard what cannot be kept, and counts what somebody would look for. */
export const takeOut = (body: HTMLElement): LeftOut => {
  for (const element of body.querySelectorAll(silent)) element.remove();
  for (const element of body.querySelectorAll('[data-style], [class]')) {
    if (isHidden(element) || isComment(element)) element.remove();
  }
  const pictures = takePictures(body);
  const embeds = takeEmbeds(body);
  const links = [...body.querySelectorAll<HTMLAnchorElement>('a[href]')].filter(isLost).length;
  return { pictures, embeds, links };
};
