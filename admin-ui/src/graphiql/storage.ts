/** What GraphiQL asks of a storage. */
export type Stored = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'clear' | 'length'>;

const prefix = 'graphiql:';

/** GraphiQL's part of the browser's storage, or a memory of this page's own where that is switched off or full. */
export const storage: Stored = (() => {
  const memory = new Map<string, string>();
  /** What the browser's storage says; undefined where it does nothing but throw. */
  const tried = <T>(use: (browser: Storage) => T): T | undefined => {
    try {
      return use(localStorage);
    } catch {
      return undefined;
    }
  };
  const own = () => tried((browser) => Object.keys(browser).filter((key) => key.startsWith(prefix))) ?? [];
  return {
    getItem: (key) => memory.get(key) ?? tried((browser) => browser.getItem(key)) ?? null,
    setItem: (key, value) => {
      const kept = tried((browser) => {
        browser.setItem(key, value);
        return true;
      });
      if (kept) memory.delete(key);
      else memory.set(key, value);
    },
    removeItem: (key) => {
      memory.delete(key);
      tried((browser) => browser.removeItem(key));
    },
    clear: () => {
      memory.clear();
      for (const key of own()) tried((browser) => browser.removeItem(key));
    },
    get length() {
      return memory.size + own().length;
    },
  };
})();

type Tab = { query?: string | null; variables?: string | null };

/**
 * Lays out what GraphiQL begins with: the tab that was open last, else `first`.
 *
 * It keeps the editors' texts beside its tabs, each a moment after the other. Where they disagree on the next visit it
 * opens one tab more, and of a tab that comes from its settings it shows the question without the variables.
 */
export const begin = (first: Tab): void => {
  const { query, variables } = lastTab() ?? first;
  storage.setItem(`${prefix}query`, query ?? '');
  storage.setItem(`${prefix}variables`, variables ?? '');
  // The list of examples needs less room than GraphiQL gives to what stands there.
  if (storage.getItem(`${prefix}docExplorerFlex`) === null) storage.setItem(`${prefix}docExplorerFlex`, '0.26');
};

const lastTab = (): Tab | undefined => {
  try {
    const { tabs, activeTabIndex } = JSON.parse(storage.getItem(`${prefix}tabState`) ?? '{}');
    return tabs?.[activeTabIndex];
  } catch {
    return undefined;
  }
};
