// Sets the colour scheme before the first paint. External because the policy allows no inline script.
(() => {
  let choice = 'auto';
  try {
    choice = localStorage.getItem('hillside-color-scheme') || 'auto';
  } catch {
    // Storage may be switched off; the system's scheme is a fine answer.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
