export const text = {
  product: 'Hillside',
  skip: 'Skip to content',
  loading: 'Loading…',
  retry: 'Try again',
  home: 'Go to the start',
  notFound: { title: 'There is nothing here', body: 'The address may be mistyped, or what was here has been moved.' },
  unreachable: {
    title: 'The server cannot be reached',
    body: 'Nothing you saved is lost. Check your connection, then try again.',
  },
  broken: {
    title: 'This screen stopped working',
    body: 'What was saved is safe. Try again; if it keeps happening, tell your administrator what you were doing.',
  },
};
