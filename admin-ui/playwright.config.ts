import { defineConfig } from '@playwright/test';
import { chromium } from './e2e/support/environment';

/**
 * What the browser does without. Each window would draw two more pages for an address bar that nobody types in, at half a
 * second a test; the rest is what Playwright leaves out itself and this list takes the place of.
 */
const without = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
];

/** A real browser against the real binary; `make test-e2e` builds it and names both in the environment. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/support/environment.ts',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  // At one's desk a failure is looked at. A shared machine may stall for seconds; what passes only on a second try is
  // reported as flaky.
  retries: process.env['CI'] === undefined ? 0 : 2,
  workers: 2,
  reporter: 'list',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: {
    locale: 'en-US',
    timezoneId: 'America/New_York',
    viewport: { width: 1440, height: 900 },
    // Colours and places are judged where they come to rest.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--disable-features=${without.join()}`,
      ],
    },
  },
});
