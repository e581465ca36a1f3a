export const text = {
  title: 'Search synonyms',
  intro:
    'Terms on one line mean the same in the public search: whoever looks for CBT also finds cognitive behavioral therapy.',
  list: 'Terms that mean the same',
  line: (place: number) => `Line ${place}`,
  placeholder: 'Write a term, then press Enter',
  help: 'Enter adds a term, Backspace takes the last one out, and the left arrow leads to the others.',
  takeOut: (term: string) => `Take out ${term}`,
  removeOf: (terms: string[], place: number) =>
    terms.length === 0 ? `Remove line ${place}` : `Remove line ${place}: ${terms.join(', ')}`,
  add: 'Add a line',
  save: 'Save',
  saved: 'Saved. It counts for the public search at once.',
  discard: 'Discard changes',
  notSaved: 'It was not saved',
  mend: 'Some lines need mending first.',
  unsaved: 'What you changed since the last save would be lost.',
  failed: 'The synonyms could not be loaded',
  none: 'No terms yet. Add a line with two or more that mean the same.',
  forbidden: {
    title: 'Search synonyms are not for your role',
    body: 'They are kept by those who publish. Ask the owner of the centre if you need them for your work.',
  },
  conflict: {
    title: 'Somebody changed this list meanwhile',
    body: 'What you typed is kept. Choose which version stands.',
    theirs: 'Read theirs',
    mine: 'Save mine over it',
  },
};
