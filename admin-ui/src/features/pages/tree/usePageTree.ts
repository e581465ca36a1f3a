import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { PageBranch } from './queries';
import type { Branch, Branches, Parent } from './tree';

const unread: Branch = { pages: [], total: 0, state: 'loading', next: null };

/** What was open when somebody was here last, so that they find it so when they come back from the editor. */
let lastOpen: ReadonlySet<string> = new Set();

/** The pages below each other. What stands below a page is read when it is opened. */
export const usePageTree = () => {
  const client = useClient();
  const [branches, setBranches] = useState<Branches>(new Map());
  const [open, setOpen] = useState(lastOpen);

  /** Reads a branch from its beginning, or on from where it ended. */
  const load = async (parent: Parent, after: string | null = null): Promise<Branch> => {
    setBranches((was) => new Map(was).set(parent, { ...(was.get(parent) ?? unread), state: 'loading' }));
    const variables = { filter: { parent }, after };
    const { data } = await client.query(PageBranch, variables, { requestPolicy: 'network-only' });
    const found = data?.pages;
    const branch = (was: Branch = unread): Branch =>
      found === undefined
        ? { ...was, state: 'failed' }
        : {
            pages: found.nodes,
            total: found.totalCount,
            state: 'ready',
            next: found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null,
          };
    setBranches((was) => new Map(was).set(parent, branch(was.get(parent))));
    return branch();
  };

  const begin = useRef(() => {});
  useEffect(() => {
    begin.current = () => {
      for (const parent of [null, ...open]) void load(parent);
    };
  });
  useEffect(() => begin.current(), []);
  useEffect(() => {
    lastOpen = open;
  }, [open]);

  const expand = (id: string) => {
    setOpen((was) => new Set(was).add(id));
    void load(id);
  };
  const collapse = (id: string) => setOpen((was) => new Set([...was].filter((other) => other !== id)));

  /** Reads a branch until it holds what is looked for. */
  const find = async (parent: Parent, wanted: (page: Branch['pages'][number]) => boolean) => {
    let branch = await load(parent);
    while (branch.next !== null && !branch.pages.some(wanted)) branch = await load(parent, branch.next);
    return branch.pages.find(wanted);
  };

  /** Opens the way to a page that was moved, and reads what else is in sight again. */
  const reveal = async (id: string, path: string, above: Parent) => {
    const read = new Set<Parent>();
    let parent: Parent = null;
    for (;;) {
      read.add(parent);
      const found = await find(
        parent,
        (page) => page.id === id || page.id === above || path.startsWith(`${page.path}/`),
      );
      if (found === undefined || found.id === id) break;
      parent = found.id;
      setOpen((was) => new Set(was).add(found.id));
    }
    await Promise.all([...open].filter((each) => !read.has(each)).map((each) => load(each)));
  };

  return { branches, open, load, expand, collapse, reveal };
};

export type PageTreeState = ReturnType<typeof usePageTree>;
