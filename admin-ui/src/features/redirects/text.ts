const lines = (count: number) => (count === 1 ? '1 line' : `${count} lines`);
const redirects = (count: number) => (count === 1 ? '1 redirect' : `${count} redirects`);

export const text = {
  title: 'Redirects',
  search: 'Search redirects',
  new: 'New redirect',
  import: 'Import…',
  caption: 'Old addresses and where they lead, by old address',
  columns: { from: 'Old address', target: 'Leads to', kind: 'Kind', act: 'Change' },
  status: { 301: 'For good', 302: 'For now' } as Record<number, string>,
  outside: 'Outside',
  broken: 'Not public: leads nowhere yet',
  edit: 'Change',
  editOf: (from: string) => `Change the redirect from ${from}`,
  failed: 'The redirects could not be loaded',
  empty: {
    title: 'No redirects yet',
    body: 'When a page moves, its old address leads to the new one by itself. Here you add addresses of an earlier site.',
  },
  noMatch: { title: 'No redirect matches', body: 'Try fewer words.', action: 'Show all' },
  form: {
    title: 'Redirect',
    from: 'Old address',
    fromHelp: 'A path of this site, such as /our-programs',
    where: 'Leads to',
    page: 'A page or therapy',
    outside: 'An address outside',
    target: 'Page or therapy',
    url: 'Address',
    kind: 'How long',
    good: 'For good (301)',
    goodHelp: 'Search engines take over the new address.',
    now: 'For now (302)',
    nowHelp: 'Search engines keep the old address.',
    save: 'Save',
    cancel: 'Cancel',
    remove: 'Delete',
    failed: 'It was not saved',
  },
  saved: (from: string) => `${from} leads there now.`,
  removed: (from: string) => `The redirect from ${from} is deleted.`,
  importing: {
    title: 'Import redirects',
    body: 'One redirect a line: the old address, where it leads and, if you like, 301 or 302. From a file, or copied from a spreadsheet.',
    label: 'Table',
    placeholder: '/our-programs, /therapies\n/shop, https://shop.example.org, 302',
    file: 'Choose a file…',
    look: 'Look it through',
    now: (count: number) => `Import ${redirects(count)}`,
    nothing: 'There is nothing new in it.',
    told: (added: number, changed: number) =>
      [
        added > 0 ? `${redirects(added)} would be added` : '',
        changed > 0 ? `${redirects(changed)} would lead elsewhere` : '',
      ]
        .filter(Boolean)
        .join(', '),
    leftOut: (count: number) => `${lines(count)} cannot be taken over and would be left out:`,
    line: (line: number) => `Line ${line}`,
    done: (count: number) => `Imported ${redirects(count)}.`,
    failed: 'This could not be read',
  },
};
