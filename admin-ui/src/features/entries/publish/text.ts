const moment = (at: string, zone: string) =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(at));

const many = (count: number, one: string) => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

export const text = {
  when: 'When to publish',
  whenBack: 'When to take it back',
  now: 'Now',
  later: 'At a time',
  time: 'Date and time',
  zone: 'Time zone',
  past: 'Choose a time that is still to come.',
  noTime: 'Choose a date and a time.',
  together: 'It points at what nobody outside can read yet. Publish together:',
  apart: 'What is not ticked shows as plain words until it is published.',
  changes: (blocks: number, fields: number) =>
    [blocks > 0 ? many(blocks, 'block') : '', fields > 0 ? many(fields, 'other field') : '']
      .filter(Boolean)
      .join(' and ') || 'Nothing',
  changed: (what: string) => `${what} changed since what the public reads.`,
  show: 'Show the changes',
  planned: (action: string, at: string, zone: string) =>
    `${action === 'PUBLISH' ? 'Will be published' : 'Will be taken back'} ${moment(at, zone)} (${zone})`,
  failed: (action: string, why: string | null) =>
    `${action === 'PUBLISH' ? 'Publishing as planned' : 'Taking it back as planned'} failed: ${why ?? ''}`,
  callOff: 'Call off',
  putAway: 'Put away',
  schedule: 'Plan it',
  scheduledTitle: 'It is planned',
  scheduled: (at: string, zone: string) =>
    `It will be published ${moment(at, zone)} (${zone}). What you write from now on waits for its own turn.`,
  scheduleBack: 'Plan it',
  published: (title: string) => `Published: ${title}`,
  undone: 'Publishing is undone: what the public reads is as it was before.',
};
