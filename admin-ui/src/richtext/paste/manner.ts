import type { Inline, LinkTo, Mark } from '../contract';
import { linkedTo } from '../schema';
import { styled } from './style';

/** How words stand: what the elements around them say. */
export type Manner = {
  readonly strong: boolean;
  readonly em: boolean;
  readonly to: LinkTo | null;
  /** Every line break is one. */
  readonly preformatted: boolean;
  /** How many lists lie around. */
  readonly depth: number;
};

export const plain: Manner = { strong: false, em: false, to: null, preformatted: false, depth: 0 };

export const mannerOf = (element: Element, around: Manner): Manner => ({
  ...around,
  strong: isStrong(element, around.strong),
  em: isEmphasis(element, around.em),
  to: element.localName === 'a' && element.hasAttribute('href') ? linkedTo(element) : around.to,
  preformatted: around.preformatted || element.localName === 'pre',
});

const isStrong = (element: Element, around: boolean): boolean => {
  const weight = styled(element, 'font-weight');
  // Google Docs wraps everything in a `b` that is not bold.
  if (weight !== undefined && weight !== 'inherit') return weight.startsWith('bold') || Number(weight) >= 600;
  return around || element.localName === 'b' || element.localName === 'strong';
};

const isEmphasis = (element: Element, around: boolean): boolean => {
  const style = styled(element, 'font-style');
  if (style !== undefined && style !== 'inherit') return style === 'italic' || style.startsWith('oblique');
  return around || element.localName === 'i' || element.localName === 'em';
};

/** Words with their marks, in the order in which the editor writes them. */
export const words = (text: string, { strong, em, to, preformatted }: Manner): Inline[] => {
  const marks: Mark[] = [];
  if (to !== null) marks.push({ type: 'link', attrs: { to } });
  if (strong) marks.push({ type: 'strong' });
  if (em) marks.push({ type: 'em' });
  const marked = (part: string): Inline =>
    marks.length === 0 ? { type: 'text', text: part } : { type: 'text', text: part, marks };
  if (!preformatted) return [marked(text)];
  return text.split('\n').flatMap((part, place): Inline[] => [...(place === 0 ? [] : [lineBreak]), marked(part)]);
};

export const lineBreak: Inline = { type: 'hardBreak' };
