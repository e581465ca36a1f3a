export const text = {
  title: 'Therapies',
  search: 'Search therapies',
  caption: 'Therapies, with their status and who changed them last',
  new: 'New therapy',
  create: 'Create and edit',
  kind: { value: 'THERAPY', label: 'Therapy', help: '' } as const,
  empty: {
    title: 'No therapies yet',
    body: 'A therapy is described once and shown wherever a page or a grid refers to it.',
  },
  noMatch: { title: 'No therapy matches', body: 'Try fewer words or another status.', action: 'Show all therapies' },
  failed: 'The therapies could not be loaded',
};
