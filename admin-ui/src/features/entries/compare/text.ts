const plural = new Intl.PluralRules('en');
const blocks = (count: number) => `${count} ${plural.select(count) === 'one' ? 'block' : 'blocks'}`;

export const text = {
  title: 'Compare versions',
  from: 'Earlier version',
  to: 'Later version',
  version: (number: number, author: string | null, when: string) =>
    `Version ${number} · ${author ?? 'Hillside'} · ${when}`,
  loading: 'Comparing…',
  same: 'Nothing differs between these two versions.',
  summary: (count: { added: number; removed: number; changed: number; moved: number; fields: number }) =>
    [
      count.added > 0 && `${blocks(count.added)} added`,
      count.removed > 0 && `${blocks(count.removed)} removed`,
      count.changed > 0 && `${blocks(count.changed)} changed`,
      count.moved > 0 && `${blocks(count.moved)} moved`,
      count.fields > 0 && `${count.fields} other ${count.fields === 1 ? 'field' : 'fields'} changed`,
    ]
      .filter(Boolean)
      .join(' · '),
  change: { ADDED: 'Added', REMOVED: 'Removed', CHANGED: 'Changed', MOVED: 'Moved' },
  movedFrom: (before: number, after: number) => `from place ${before} to ${after}`,
  restoreBlock: 'Bring this block back',
  restoreBlockOf: (name: string) => `Bring back ${name}`,
  restoreAll: (number: number) => `Restore version ${number}`,
  restored: 'It is in the draft again. Nothing is public or saved yet; undo takes it back.',
  keys: 'N and P go from change to change.',
  close: 'Close',
  copy: 'Copy link to this comparison',
  copied: 'Link copied',
  copyFailed: 'The link could not be copied. Copy it from the address bar.',
  unknown: {
    title: 'These versions are not there to compare',
    body: 'The link may be mistyped or cut short, or belong to something else. Autosaves also go after a while; versions that were saved stay, and the history lists them.',
  },
  failed: 'The versions could not be compared',
};
