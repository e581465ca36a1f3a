const many = (count: number, one: string, more: string) => (count === 1 ? `1 ${one}` : `${count} ${more}`);

export const text = {
  label: 'Pages below each other',
  top: 'Top of the site',
  dropTop: 'Drop it here to move it to the top of the site',
  open: (title: string) => `Show what is below ${title}`,
  close: (title: string) => `Hide what is below ${title}`,
  below: (count: number) => many(count, 'page below', 'pages below'),
  loading: 'Loading…',
  more: (shown: number, total: number) => `Show more (${shown} of ${total})`,
  again: 'This could not be loaded. Try again',
  failed: 'The pages could not be loaded',
  failedBody: 'Nothing is lost. Try again in a moment.',
  actions: (title: string) => `Actions for ${title}`,
  newBelow: 'New page below…',
  newBelowTitle: (title: string) => `New page below “${title}”`,
  moveTo: 'Move to…',
  keys: {
    title: 'Page tree',
    walk: 'The page above or below',
    inOut: 'Open or go in, close or go out',
    ends: 'The first or the last page',
    edit: 'Open in the editor',
    menu: 'What can be done with the page',
    letter: 'The next title beginning so',
    letterKey: 'A–Z',
  },
  move: {
    title: (title: string) => `Move “${title}”`,
    where: 'Where to',
    below: 'Below another page',
    parent: 'Page',
    asking: 'Looking at what changes…',
    nothing: 'It is there already.',
    changes: (total: number, redirects: number) =>
      `${many(total, 'address changes', 'addresses change')}, ${
        redirects === 0
          ? 'no redirect is needed: the public has known none of them.'
          : `${many(redirects, 'permanent redirect is', 'permanent redirects are')} written.`
      }`,
    list: 'Addresses that change',
    becomes: 'becomes',
    live: 'Live',
    andMore: (count: number) => `and ${many(count, 'more', 'more')}`,
    now: 'Move',
    cancel: 'Cancel',
    refused: 'It was not moved.',
    done: (title: string, path: string) => `“${title}” is at ${path} now.`,
    undone: (title: string, path: string) => `“${title}” is back at ${path}.`,
  },
};
