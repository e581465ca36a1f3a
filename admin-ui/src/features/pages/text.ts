export type PageKind = 'ARTICLE' | 'STANDARD' | 'LANDING' | 'HOME';

type KindChoice = { value: PageKind; label: string; help: string };

/** Every kind that can stand below another page. */
const kindsBelow: [KindChoice, ...KindChoice[]] = [
  { value: 'ARTICLE', label: 'Article', help: 'Explains something; shows its author and clinical reviewer.' },
  { value: 'STANDARD', label: 'Standard', help: 'About the centre: admissions, team, contact.' },
  { value: 'LANDING', label: 'Landing page', help: 'For one campaign or place.' },
];

export const text = {
  title: 'Pages',
  noun: 'page',
  search: 'Search pages',
  caption: 'Pages, with their status and who changed them last',
  modes: { label: 'View', list: 'List', tree: 'Tree' },
  new: 'New page',
  create: 'Create and edit',
  kinds: [
    ...kindsBelow,
    { value: 'HOME', label: 'Home', help: 'The front page of the site; there is one.' },
  ] satisfies [KindChoice, ...KindChoice[]],
  kindsBelow,
  empty: { title: 'No pages yet', body: 'A page is what visitors read: blocks of text, tables, questions and forms.' },
  noMatch: { title: 'No page matches', body: 'Try fewer words or another status.', action: 'Show all pages' },
  failed: 'The pages could not be loaded',
  byline: {
    by: (name: string) => `By ${name}`,
    reviewed: (name: string, on: string | null) => `reviewed by ${name}${on === null ? '' : `, ${on}`}`,
  },
  details: {
    kind: 'Kind',
    topics: 'Topics',
    topicsHelp: 'What it is about. Enter adds one; at most 20.',
    author: 'Author',
    reviewer: 'Clinical reviewer',
    reviewerHelp: 'Who checked that it is right.',
    reviewedOn: 'Reviewed on',
  },
};
