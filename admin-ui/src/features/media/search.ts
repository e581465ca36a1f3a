import type { PictureFilter } from '~/media/queries';

export type MediaView = 'missing' | 'unused' | 'trash';

/** What the library shows, as it stands in the address. */
export type MediaSearch = {
  q?: string | undefined;
  view?: MediaView | undefined;
  tag?: string | undefined;
  /** The picture that lies open beside the others. */
  open?: string | undefined;
};

export const filterOf = ({ q, view, tag }: MediaSearch): PictureFilter => ({
  query: q ?? null,
  tag: tag ?? null,
  missingAlt: view === 'missing',
  unused: view === 'unused',
  trashed: view === 'trash',
});
