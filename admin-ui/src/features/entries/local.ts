import { createStore, del, entries, set } from 'idb-keyval';
import type { Document } from '~/blocks/document';
import type { Entry } from './entry';
import { isOpen, tab } from './tab';

/*
 * What was written and the server has not confirmed, kept on this device so that neither a crash nor a dead connection
 * loses it. Each window keeps its own; what a window left behind is taken up by the next one that opens the same.
 */

export type Kept = {
  /** The entry as it was known when this was written. */
  base: Entry;
  saved: Document;
  present: Document;
  at: number;
};

type Place = [user: string, entry: string, tab: string];

const oldest = 30 * 24 * 60 * 60 * 1000;
const store = typeof indexedDB === 'undefined' ? undefined : createStore('hillside-drafts', 'unconfirmed');

/** Where storage is refused (a private window, a full disk) there is no copy, and saving goes on without one. */
const trying = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
  try {
    return store === undefined ? otherwise : await work();
  } catch {
    return otherwise;
  }
};

const write = (user: string, kept: Kept) =>
  trying(async () => {
    await set([user, kept.base.id, tab] satisfies Place, kept, store);
    return true;
  }, false);

/** A sign-out clears the storage under an open connection: the first try then only finds that out. */
export const keep = async (user: string, kept: Kept): Promise<boolean> =>
  (await write(user, kept)) || (await write(user, kept));

export const forget = (user: string, entry: string) =>
  trying(() => del([user, entry, tab] satisfies Place, store), undefined);

/** What a window that is no longer open left of an entry, the latest first to be taken up; it is this window's from then on. */
export const takeUp = (user: string, entry: string): Promise<Kept | null> =>
  trying(async () => {
    const all = await entries<Place, Kept>(store);
    const now = Date.now();
    let found: { place: Place; kept: Kept } | null = null;
    for (const [place, kept] of all) {
      if (kept.at < now - oldest) {
        await del(place, store);
      } else if (place[0] === user && place[1] === entry && place[2] !== tab && !(await isOpen(place[2]))) {
        if (found === null || kept.at > found.kept.at) found = { place, kept };
      }
    }
    if (found === null) return null;
    await set([user, entry, tab] satisfies Place, found.kept, store);
    await del(found.place, store);
    return found.kept;
  }, null);
