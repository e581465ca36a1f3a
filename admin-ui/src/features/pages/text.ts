type KindChoice = { value: 'ARTICLE' | 'STANDARD' | 'LANDING' | 'HOME'; label: string; help: string };

export const text = {
  title: 'Pages',
  search: 'Search pages',
  caption: 'Pages, with their status and who changed them last',
  new: 'New page',
  create: 'Create and edit',
  kinds: [
    { value: 'ARTICLE', label: 'Article', help: 'Explains something; shows its author and clinical reviewer.' },
    { value: 'STANDARD', label: 'Standard', help: 'About the centre: admissions, team, contact.' },
    { value: 'LANDING', label: 'Landing page', help: 'For one campaign or place.' },
    { value: 'HOME', label: 'Home', help: 'The front page of the site; there is one.' },
  ] satisfies [KindChoice, ...KindChoice[]],
  empty: { title: 'No pages yet', body: 'A page is what visitors read: blocks of text, tables, questions and forms.' },
  noMatch: { title: 'No page matches', body: 'Try fewer words or another status.', action: 'Show all pages' },
  failed: 'The pages could not be loaded',
};
