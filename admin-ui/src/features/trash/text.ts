export const text = {
  title: 'Trash',
  caption: 'Deleted pages and therapies, the last deleted first',
  intro: 'What is here can be had back. After 30 days it is removed for good.',
  columns: { what: 'What', when: 'Deleted', gone: 'Removed', act: 'Restore' },
  kinds: { PAGE: 'Page', THERAPY: 'Therapy' },
  days: (days: number) => (days <= 0 ? 'today' : days === 1 ? 'in a day' : `in ${days} days`),
  restore: 'Restore',
  restoreOf: (title: string) => `Restore “${title}”`,
  restored: (title: string) => `“${title}” is back, as a draft.`,
  failed: 'The trash could not be loaded',
  empty: { title: 'The trash is empty', body: 'Deleted pages and therapies wait here for 30 days.' },
  address: {
    title: 'Its address is another’s by now',
    body: 'Give it another last part, and it comes back there.',
    label: 'Last part of its address',
    cancel: 'Leave it in the trash',
  },
};
