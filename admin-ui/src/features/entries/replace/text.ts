export const text = {
  button: 'Replace everywhere…',
  title: (name: string) => `Replace “${name}” everywhere`,
  body: 'Pages and therapies change at once, also for the public, and so does the library. Drafts that are not public stay drafts.',
  what: 'What becomes of the places that use it',
  replace: 'Another takes its place',
  replacement: 'What takes its place',
  unlink: 'Take it out',
  unlinkHelp: 'Links become plain words, lists lose the item. What cannot do without it is named, and nothing changes.',
  cancel: 'Cancel',
  now: { REPLACE: 'Replace everywhere', UNLINK: 'Take out everywhere' },
  failed: 'Nothing was changed',
  done: (pages: number) =>
    pages === 0
      ? 'Done. Nothing uses it any more.'
      : `Done. ${pages === 1 ? 'One page or therapy was' : `${pages} pages and therapies were`} changed; nothing uses it any more.`,
};
