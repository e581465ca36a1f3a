import { useEntryForm } from '~/features/entries/fields';
import { nameOf, useTarget } from '~/ui/targets';
import { text } from './text';

const idOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

/** By whom, checked by whom and when, and where it is: as readers see it, from what is filled in. */
export const PageByline = () => {
  const { entry, fields } = useEntryForm();
  const authorId = idOf(fields['author']);
  const reviewerId = idOf(fields['reviewer']);
  const author = useTarget(authorId);
  const reviewer = useTarget(reviewerId);
  const reviewedOn = idOf(fields['reviewedOn']);
  return [
    authorId !== null && text.byline.by(nameOf(author)),
    reviewerId !== null && text.byline.reviewed(nameOf(reviewer), reviewedOn && day.format(new Date(reviewedOn))),
    entry.path,
  ]
    .filter(Boolean)
    .join(' · ');
};
