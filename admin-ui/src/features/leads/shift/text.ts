export const shiftText = {
  label: (count: number) => (count === 0 ? 'On shift: nobody' : `On shift: ${count}`),
  yours: (until: string) => `You are on shift until ${until}`,
  take: 'I am on shift',
  takeHelp: 'Leads are given in turn to those on shift. It ends by itself after twelve hours.',
  who: 'On shift now, the next first',
  nobody: 'Nobody is on shift.',
  you: 'You',
  until: (at: string) => `until ${at}`,
  failed: 'Your shift was not changed.',
};
