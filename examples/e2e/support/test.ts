import { test as base, expect, type Page } from '@playwright/test';
import { Hillside } from '../../../admin-ui/e2e/support/hillside';
import { type Example, examples, RunningExample } from './frontEnd';
import { Staff } from './staff';

type Servers = { hillside: Hillside; staff: Staff; sites: Record<Example, RunningExample> };

type Fixtures = {
  /** The example under test. */
  example: Example;
  site: RunningExample;
  /** Hears what the browser complains about; what a test provokes on purpose it takes out. */
  complaints: string[];
};

export const test = base.extend<Fixtures, Servers>({
  hillside: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
    async ({}, use) => {
      const hillside = await Hillside.start();
      await use(hillside);
      await hillside.stop();
    },
    { scope: 'worker' },
  ],

  staff: [async ({ hillside }, use) => use(await Staff.setUp(hillside)), { scope: 'worker' }],

  sites: [
    async ({ hillside }, use) => {
      const [astro, plain] = await Promise.all([
        RunningExample.start('astro', hillside.url),
        RunningExample.start('plain', hillside.url),
      ]);
      await use({ astro, plain });
      await Promise.all([astro.stop(), plain.stop()]);
    },
    { scope: 'worker' },
  ],

  example: ['plain', { option: true }],

  site: ({ sites, example }, use) => use(sites[example]),

  baseURL: ({ site }, use) => use(site.url),

  complaints: async ({ page }, use) => {
    const heard: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) heard.push(message.text());
    });
    page.on('pageerror', (error) => heard.push(String(error)));
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText;
      // Leaving a page gives up what it was still asking for.
      if (reason !== 'net::ERR_ABORTED') heard.push(`${reason} ${request.url()}`);
    });
    await use(heard);
    expect(heard, 'what the browser complained about').toEqual([]);
  },
});

/** The same promises for both examples. */
export const forBoth = (promises: (example: Example) => void): void => {
  for (const example of examples) {
    test.describe(example, () => {
      test.use({ example });
      promises(example);
    });
  }
};

/** Until every picture is there: a width that nobody asked for yet is made while one waits, which takes a core seconds. */
export const seePictures = async (page: Page): Promise<void> => {
  for (const picture of await page.locator('img').all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture.evaluate((it: HTMLImageElement) => it.naturalWidth), { timeout: 45_000 })
      .toBeGreaterThan(0);
  }
};

export { expect };
