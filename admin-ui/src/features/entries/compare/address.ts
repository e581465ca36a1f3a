import { linkOptions } from '@tanstack/react-router';
import type { EntryListLink } from '../EditorBar';

/** The ids of two versions, the earlier one first. */
export type Pair = { from: string; to: string };

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** It was opened from the editor below it, so the way back there is one step back. */
    overEditor?: boolean;
  }
}

/** The address of a comparison over the editor of an entry. */
export const compareLink = (list: EntryListLink['to'], id: string, { from, to }: Pair) =>
  linkOptions({
    to: `${list}/$id/compare/$a/$b`,
    params: { id, a: from, b: to },
    state: { overEditor: true },
    resetScroll: false,
  });

/** A comparison lies over the editor: to come and go is not to leave it. */
export const belowComparison = (pathname: string): string => pathname.replace(/\/compare\/[^/]+\/[^/]+\/?$/, '');
