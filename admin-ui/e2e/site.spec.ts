import type { BrowserContextOptions, Page } from '@playwright/test';
import { HtmlValidate } from 'html-validate';
import { expectFlawless } from './support/axe';
import type { Hillside } from './support/hillside';
import { desktop, expectNoSidewaysScroll, phone } from './support/screens';
import { editorAsks } from './support/staffApi';
import { expect, test } from './support/test';
import { fillIn, openForm, send, visitor } from './support/visitor';

/* What visitors get without any front end: as HTML that is right, for everybody, on every screen, and on paper. */

const article = '/ketamine-side-effects';
const withoutScript: BrowserContextOptions = { javaScriptEnabled: false };

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:document', 'html-validate:a11y'],
  rules: {
    // What comes from where the page comes needs no seal.
    'require-sri': ['error', { target: 'crossorigin' }],
    // Editors write titles; how much of one a search shows is a check of theirs.
    'long-title': 'off',
  },
});

const expectValid = async (html: string, where: string): Promise<void> => {
  const { results } = await validator.validateString(html);
  const faults = results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`),
  );
  expect(faults, where).toEqual([]);
};

/** Every address that search engines are told of. */
const listed = async ({ url }: Hillside): Promise<string[]> => {
  const map = await (await fetch(`${url}/sitemap.xml`)).text();
  const addresses = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = '']) => new URL(address).pathname);
  expect(addresses.length).toBeGreaterThan(8);
  expect(addresses).toEqual(expect.arrayContaining(['/', article, '/therapies', '/therapies/group-therapy']));
  return addresses;
};

/** What else a visitor comes to. */
const unlisted = ['/nowhere', '/forms/confidential', '/forms/confidential/sent', '/preview?token=none'];

const source = async ({ url }: Hillside, address: string): Promise<string> => (await fetch(`${url}${address}`)).text();

test('every page is valid HTML', async ({ hillside }) => {
  for (const address of [...(await listed(hillside)), ...unlisted]) {
    await expectValid(await source(hillside, address), address);
  }
});

test('every page says to machines what it is', async ({ hillside }) => {
  for (const address of await listed(hillside)) {
    const html = await source(hillside, address);
    expect(html, address).toMatch(/<meta name="description" content="[^"]{20,}">/);
    const said = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
    expect(said.length, address).toBeGreaterThan(0);
    for (const [, json = ''] of said) {
      expect(JSON.parse(json), address).toMatchObject({
        '@context': 'https://schema.org',
        '@type': expect.stringMatching(/^[A-Z]/),
      });
    }
  }
});

/** At its width, by day and by night. */
const expectSound = async (page: Page) => {
  await expectNoSidewaysScroll(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectFlawless(page);
  }
};

for (const [screen, options] of Object.entries({ desk: desktop, phone })) {
  test(`every page is there for everybody, by day and by night, on a ${screen}`, async ({ open, hillside, watch }) => {
    watch.expects(/404/);
    test.slow();
    const page = await open(options);
    for (const address of [...(await listed(hillside)), ...unlisted]) {
      await page.goto(address);
      await expectSound(page);
    }
  });
}

test('by keyboard the first stop leads past the menu, and every stop is seen', async ({ open }) => {
  const page = await open();
  await page.goto(article);
  const focused = page.locator(':focus');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveText('Skip to the content');
  await expect(focused).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);
  await page.keyboard.press('Tab');
  await expect(page.locator('main :focus')).toHaveText('types of addiction');

  await page.goto(article);
  const seen: string[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    if ((await focused.count()) === 0) break;
    await expect(focused).toBeInViewport();
    const { name, outline } = await focused.evaluate((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return { name: `${element.id} ${element.textContent}`, outline: `${outlineStyle} ${outlineWidth}` };
    });
    expect(outline, name).toBe('solid 3px');
    seen.push(name);
  }
  expect(seen.length).toBeGreaterThan(40);
});

test('without JavaScript a form is refused, mended and sent, and each step is valid and for everybody', async ({
  open,
  watch,
}) => {
  watch.expects(/422/);
  const page = await open(withoutScript);
  const { form, drawn } = await openForm(page);
  await fillIn(form, { ...visitor, phone: '12', email: '' });
  const refusal = page.waitForResponse((answer) => answer.status() === 422);
  await send(form, drawn);
  const html = await (await refusal).text();
  await expectValid(html, 'a refused form');
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByRole('alert')).toContainText('Your message is not sent yet.');

  await page.getByRole('alert').getByRole('link').first().click();
  await expect(page.getByLabel('Phone')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Phone').fill(visitor.phone);
  await page.getByRole('button', { name: 'Send in confidence' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Thank you' })).toBeVisible();
  await expect(page).toHaveTitle(/^Thank you/);

  // Only a browser that runs scripts can be examined: it is shown the same.
  for (const screen of [desktop, phone]) {
    const examined = await open(screen);
    await examined.route('/refused', (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await examined.goto('/refused');
    await expectSound(examined);
  }
});

test('two forms that reports call the same are two forms on the page', async ({ hillside, request }) => {
  const asks = await editorAsks(request, hillside);
  const form = (key: string, heading: string) => ({ leadForm: { key, heading, placement: 'end' } });
  const content = { title: 'Two forms', blocks: [form('first', 'Write to us'), form('second', 'Still unsure?')] };
  const create = 'mutation ($input: CreatePageInput!) { createPage(input: $input) { page { id draft { id } } } }';
  const publish = 'mutation ($input: PublishInput!) { publishPage(input: $input) { userErrors { message } } }';
  const { page } = (await asks(create, { input: { slug: 'two-forms', content } })).createPage;
  const { publishPage } = await asks(publish, { input: { id: page.id, revision: page.draft.id } });
  expect(publishPage.userErrors).toEqual([]);
  const html = await source(hillside, '/two-forms');
  expect(html.match(/<form /g)).toHaveLength(2);
  await expectValid(html, 'two forms');
});

test('on paper there are the text, whom to call and where its links lead, in black on white', async ({ open }) => {
  const page = await open({ colorScheme: 'dark' });
  for (const address of ['/', article, '/forms/confidential/sent']) {
    await page.goto(address);
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['nav', 'form', '.skip', '.button[href^="#"]']) {
      await expect(page.locator(hidden).filter({ visible: true }), `${hidden} of ${address}`).toHaveCount(0);
    }
    await expect(page.getByText('(781) 332-4135').first()).toBeVisible();
    expect(await page.evaluate(whatIsNotBlackOnWhite), address).toEqual([]);
    const outside = page.locator('main a[href^="http"]').filter({ visible: true });
    for (const link of await outside.all()) {
      const after = await link.evaluate((element) => getComputedStyle(element, '::after').content);
      expect(after).toContain(await link.getAttribute('href'));
    }
    await expectNoSidewaysScroll(page);
  }
  await page.goto(article);
  // What is folded on the screen cannot be unfolded on paper.
  await expect(page.locator('.block-faq .answer').first()).toBeVisible();
});

const whatIsNotBlackOnWhite = (): string[] =>
  [...document.body.querySelectorAll('*')]
    .filter((element) => element.checkVisibility())
    .map((element) => ({ element, style: getComputedStyle(element) }))
    .filter(({ style }) => {
      const isWhite = ['rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'].includes(style.backgroundColor);
      return style.color !== 'rgb(0, 0, 0)' || !isWhite;
    })
    .map(({ element, style }) => `${element.tagName} ${element.className} ${style.color} on ${style.backgroundColor}`);
