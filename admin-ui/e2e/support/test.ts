import { type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { type Account, Hillside, type Role } from './hillside';
import { Watch } from './watch';

type Fixtures = {
  /** What the installation is told in its environment, `HILLSIDE_…`. */
  settings: Record<string, string>;
  /** An installation that only this test sees. */
  hillside: Hillside;
  watch: Watch;
  /** A browser of its own, in which nobody is signed in. */
  open: (options?: BrowserContextOptions) => Promise<Page>;
  /** A browser of its own, in which somebody of that role is signed in. */
  staff: (role: Role, options?: BrowserContextOptions) => Promise<Page>;
};

/** Signs in as a person does. */
export const signIn = async (page: Page, { email, password }: Account): Promise<void> => {
  await page.goto('/admin/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
};

export const test = base.extend<Fixtures>({
  settings: [{}, { option: true }],

  hillside: async ({ settings }, use, info) => {
    const hillside = await Hillside.start(settings);
    await use(hillside);
    if (info.status !== info.expectedStatus) {
      await info.attach('server.log', { body: hillside.log, contentType: 'text/plain' });
    }
    await hillside.stop();
    expect(
      hillside.log.split('\n').filter((line) => /\b(ERROR|panicked)\b/.test(line)),
      'the server logs no error',
    ).toEqual([]);
  },

  baseURL: ({ hillside }, use) => use(hillside.url),

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  watch: async ({}, use) => {
    const watch = new Watch();
    await use(watch);
    expect(watch.trouble, 'console, page errors, requests and the content security policy').toEqual([]);
  },

  context: async ({ context, watch }, use) => {
    watch.follow(context);
    await use(context);
  },

  open: async ({ browser, baseURL, watch }, use) => {
    const opened: Page[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }), ...options });
      watch.follow(context);
      const page = await context.newPage();
      opened.push(page);
      return page;
    });
    await Promise.all(opened.map((page) => page.context().close()));
  },

  staff: async ({ hillside, open }, use) => {
    await use(async (role, options) => {
      const page = await open(options);
      await signIn(page, await hillside.account(role));
      return page;
    });
  },
});

export { expect };
