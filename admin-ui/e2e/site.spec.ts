import type { BrowserContextOptions, Page } from '@playwright/test';
import { HtmlValidate } from 'html-validate';
import { expectAccessible } from './support/axe';
import { expect, test } from './support/test';
import { fillIn, openForm, send, visitor } from './support/visitor';

/* What visitors get without any front end: as HTML that is right, for everybody, on every screen, and on paper. */

const withoutScript: BrowserContextOptions = { javaScriptEnabled: false };
const widths = [1440, 390];

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:document', 'html-validate:a11y'],
  rules: {
    // Of how it is written, not of what it says.
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    // The stylesheet is our own, from where the page comes.
    'require-sri': 'off',
    // Editors write titles; how much of one a search shows is a check of theirs.
    'long-title': 'off',
    // A telephone number breaks where there is room.
    'tel-non-breaking': 'off',
  },
});

/** What is wrong with a document, a line each. */
const faults = async (html: string): Promise<string[]> => {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`),
  );
};

/** Every address that search engines are told of, and what else a visitor comes to. */
const addresses = async (base: string): Promise<string[]> => {
  const map = await (await fetch(`${base}/sitemap.xml`)).text();
  const listed = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = '']) => new URL(address).pathname);
  expect(listed.length).toBeGreaterThan(8);
  expect(listed).toContain('/therapies');
  return [...listed, '/nowhere', '/forms/confidential/sent'];
};

const expectNoSidewaysScroll = async (page: Page) => {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, `sideways scrolling of ${page.url()}`).toBeLessThanOrEqual(0);
};

test('every page is valid HTML, and says what it is to machines', async ({ hillside }) => {
  for (const address of await addresses(hillside.url)) {
    const html = await (await fetch(`${hillside.url}${address}`)).text();
    expect(await faults(html), address).toEqual([]);
    for (const [, json = ''] of html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
      const said = JSON.parse(json) as Record<string, unknown>;
      expect(said['@context'], address).toBe('https://schema.org');
      expect(said['@type'] ?? said['@graph'], address).toBeDefined();
    }
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page is there for everybody, on a desk and on a phone, ${colorScheme}`, async ({
    open,
    hillside,
    watch,
  }) => {
    watch.expects(/404/);
    test.slow();
    const page = await open({ colorScheme });
    for (const address of await addresses(hillside.url)) {
      await page.goto(address);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await expectNoSidewaysScroll(page);
      }
      await expectAccessible(page);
    }
  });
}

test('by keyboard the first stop leads past the menu, and every stop is seen', async ({ open }) => {
  const page = await open();
  await page.goto('/ketamine-side-effects');
  await page.keyboard.press('Tab');
  const skip = page.locator(':focus');
  await expect(skip).toHaveText(/^Skip to/);
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).hash).not.toBe('');
  for (let stop = 0; stop < 12; stop += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    await expect(focused).toBeInViewport();
    const outline = await focused.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline, (await focused.textContent()) ?? '').not.toBe('none');
  }
});

test('a form that was refused is valid, begins its title with what happened, and so is the thanks', async ({
  open,
  watch,
}) => {
  watch.expects(/422/);
  const page = await open(withoutScript);
  const { form, drawn } = await openForm(page);
  await fillIn(form, { ...visitor, phone: '12', email: '' });
  await send(form, drawn);
  await expect(page).toHaveTitle(/^Error: /);
  expect(await faults(await page.content())).toEqual([]);
});

test('on paper there is the text and where its links lead, and nothing to press', async ({ open }) => {
  const page = await open({ colorScheme: 'dark' });
  await page.goto('/ketamine-side-effects');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation').first()).toBeHidden();
  await expect(page.locator('form').first()).toBeHidden();
  const [ink, paper] = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    return [color, backgroundColor];
  });
  expect(ink).toBe('rgb(0, 0, 0)');
  expect(['rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)']).toContain(paper);
  const outside = page.locator('main a[href^="http"]').first();
  const after = await outside.evaluate((element) => getComputedStyle(element, '::after').content);
  expect(after).toContain(String(await outside.getAttribute('href')));
});
