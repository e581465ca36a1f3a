import type { Document } from '~/blocks/document';
import { type PreviewAnswer, writeContent } from '~/features/entries/entry';
import { drawPreview } from '~/features/entries/preview/draw';
import { PreviewTherapy, type PreviewTherapyContent } from './queries';

/** Draws a draft of a therapy as the site would show it. */
export const previewTherapy =
  (id: string) =>
  (draft: Document): Promise<PreviewAnswer> =>
    drawPreview(
      PreviewTherapy,
      { id, content: writeContent(draft) as PreviewTherapyContent },
      (data) => data.previewTherapy,
    );
