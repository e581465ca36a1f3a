import { createContext, useContext, useSyncExternalStore } from 'react';

export type TargetKind =
  | 'PAGE'
  | 'THERAPY'
  | 'LOCATION'
  | 'REGION'
  | 'PERSON'
  | 'CONTACT_POINT'
  | 'SOURCE'
  | 'MEDIA'
  | 'FAQ_ITEM'
  | 'SHARED_BLOCK';

/** Something content can point at, as pickers and links name it. `detail` is a path, a number, a publisher. */
export type Target = { id: string; kind: TargetKind; label: string; detail: string; published: boolean };

/** `unknown` until asked for, `gone` when the server no longer has it. */
export type TargetState = Target | 'unknown' | 'gone';

export type TargetSource = {
  search: (kinds: readonly TargetKind[], query: string) => Promise<Target[]>;
  byId: (ids: string[]) => Promise<Target[]>;
};

const mostPerRequest = 100;

/**
 * The names of everything a document points at, asked for in one request per burst and kept while the editor is open.
 * Knows no GraphQL: the editor brings a `TargetSource`.
 */
export class TargetStore {
  readonly #source: TargetSource;
  readonly #known = new Map<string, TargetState>();
  readonly #listeners = new Set<() => void>();
  #wanted = new Set<string>();

  constructor(source: TargetSource) {
    this.#source = source;
  }

  get(id: string): TargetState {
    const known = this.#known.get(id);
    if (known === undefined) this.#want(id);
    return known ?? 'unknown';
  }

  /** Takes in what was just made. */
  put(target: Target) {
    this.#known.set(target.id, target);
    this.#tell();
  }

  async search(kinds: readonly TargetKind[], query: string): Promise<Target[]> {
    const found = await this.#source.search(kinds, query);
    for (const target of found) this.#known.set(target.id, target);
    this.#tell();
    return found;
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  #want(id: string) {
    if (this.#wanted.has(id)) return;
    if (this.#wanted.size === 0) queueMicrotask(() => void this.#fetch());
    this.#wanted.add(id);
  }

  async #fetch() {
    const ids = [...this.#wanted];
    this.#wanted = new Set();
    for (let start = 0; start < ids.length; start += mostPerRequest) {
      const some = ids.slice(start, start + mostPerRequest);
      try {
        const found = await this.#source.byId(some);
        for (const id of some) this.#known.set(id, 'gone');
        for (const target of found) this.#known.set(target.id, target);
      } catch {
        // Stays unknown; the next reader asks again.
      }
    }
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}

const Context = createContext<TargetStore | null>(null);

export const TargetsProvider = Context.Provider;

export const useTargets = (): TargetStore => {
  const store = useContext(Context);
  if (store === null) throw new Error('There is no TargetsProvider above.');
  return store;
};

const nothing = () => 'unknown' as const;

/** What is known of one thing; asks for it when nothing is. */
export const useTarget = (id: string | null): TargetState => {
  const store = useTargets();
  return useSyncExternalStore(store.subscribe, id === null ? nothing : () => store.get(id));
};

/** A thing's name for reading, whatever is known of it. */
export const nameOf = (target: TargetState): string => {
  if (target === 'unknown') return '…';
  return target === 'gone' ? 'No longer there' : target.label;
};
