const things = (count: number) => (count === 1 ? '1' : String(count));

export const text = {
  label: 'What is chosen',
  chosen: (count: number) => `${things(count)} chosen`,
  first: (count: number) => `The first ${things(count)} are chosen: as many as can be changed at once`,
  publish: 'Publish',
  unpublish: 'Unpublish',
  trash: 'Move to the trash',
  clear: 'Clear',
  tooMany: (most: number) => `Choose ${most} at the most.`,
  published: (count: number) => `Published: ${things(count)}.`,
  unpublished: (count: number) => `Taken back from the public: ${things(count)}.`,
  trashed: (count: number) => `Moved to the trash: ${things(count)}.`,
  undone: 'Undone.',
  nothing: { publish: 'All of them are public as they are.', unpublish: 'None of them is public.' },
  notDone: 'This was not done',
};
