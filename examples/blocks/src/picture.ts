import type { ResultOf } from 'gql.tada';
import type { BlockOf, Picture } from './fragments.ts';
import { type Html, html } from './html.ts';

type Media = ResultOf<typeof Picture>;
type Shape = BlockOf<'MediaBlock'>['shape'];

/** How wide it comes to stand, by its placing; `style.css` says the same. */
const sizes = {
  COLUMN: '(max-width: 760px) calc(100vw - 48px), 700px',
  WIDE: '(max-width: 1040px) calc(100vw - 48px), 1040px',
  LEFT: '(max-width: 600px) calc(100vw - 48px), 320px',
  RIGHT: '(max-width: 600px) calc(100vw - 48px), 320px',
};

const ratios: Record<Shape, number | undefined> = { WHOLE: undefined, LANDSCAPE: 16 / 9, SQUARE: 1, PORTRAIT: 4 / 5 };

/** A picture in the formats and widths there are of it, with its room kept free until it is there. */
export const picture = (
  media: Media,
  block: Pick<BlockOf<'MediaBlock'>, 'shape' | 'placing' | 'alt'>,
  base: string,
): Html => {
  const { alt, placing } = block;
  const shape = Object.hasOwn(ratios, block.shape) ? block.shape : 'WHOLE';
  const room = roomOf(media, ratios[shape]);
  const source = (format: 'avif' | 'webp') =>
    html`<source type="image/${format}" srcset="${absolute(media[`${format}${shape}`], base)}" sizes="${sizes[placing]}">`;
  return html`<picture>
${source('avif')}
${source('webp')}
<img src="${absolute(media[`jpeg${shape}`], base)}" alt="${alt}"${room && html` width="${room.width}" height="${room.height}"`} loading="lazy" decoding="async">
</picture>`;
};

/** What is left of it once it is cropped to a shape. */
const roomOf = ({ width, height }: Media, ratio: number | undefined) => {
  if (width === null || height === null) return null;
  if (ratio === undefined) return { width, height };
  return width / height > ratio
    ? { width: Math.round(height * ratio), height }
    : { width, height: Math.round(width / ratio) };
};

/** Hillside answers paths of its own server; a browser on this site needs the whole address. */
const absolute = (paths: string, base: string): string => paths.replace(/(^|,\s*)\//g, `$1${base}/`);
