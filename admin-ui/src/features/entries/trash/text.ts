export const text = {
  title: (title: string) => `Delete “${title}”?`,
  body: 'It goes into the trash, where it can be had back for 30 days.',
  live: (path: string) => `Nobody can read it at ${path} any more from then on.`,
  what: 'What becomes of them',
  unlink: 'Take it out of them',
  unlinkHelp: 'Links become plain words, lists lose the item. Each gets a new draft to look at and publish.',
  replace: 'Put another in its place',
  replaceHelp: 'Each gets a new draft to look at and publish.',
  keep: 'Leave them as they are',
  keepHelp: 'Links to it read as plain words.',
  facts: 'Menus and other facts stay as they are; change them in the library.',
  replacement: 'What takes its place',
  redirect: 'Lead its address to',
  redirectHelp: (path: string) => `Left empty, ${path} leads nowhere.`,
  cancel: 'Keep it',
  now: 'Move to the trash',
  failed: 'It was not deleted',
  done: (title: string, drafts: number) =>
    drafts === 0
      ? `“${title}” is in the trash.`
      : `“${title}” is in the trash. ${drafts === 1 ? 'One page or therapy has' : `${drafts} pages and therapies have`} a new draft.`,
  restored: (title: string) => `“${title}” is back.`,
};
