import type { Document } from '~/blocks/document';
import { type PreviewAnswer, writeContent } from '~/features/entries/entry';
import { drawPreview } from '~/features/entries/preview/draw';
import { PreviewPage, type PreviewPageContent } from './queries';

/** Draws a draft of a page as the site would show it. */
export const previewPage =
  (id: string) =>
  (draft: Document): Promise<PreviewAnswer> =>
    drawPreview(PreviewPage, { id, content: writeContent(draft) as PreviewPageContent }, (data) => data.previewPage);
