import type { Locator, Page } from '@playwright/test';
import { examples } from '../src/graphiql/examples';
import { filled, idsOf, idsQuery } from '../src/graphiql/ids';
import { expectAccessible } from './support/axe';
import { desktop, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';

const address = '/graphiql';

const example = (page: Page, title: string) =>
  page.getByRole('region', { name: 'Examples' }).getByRole('button', { name: title });
const openTab = (page: Page) => page.getByRole('tab', { selected: true });
const question = (page: Page) => page.getByRole('region', { name: 'Query Editor' });
const answer = (page: Page): Locator => page.getByRole('region', { name: 'Result Window' });

test('an example opens in a tab and is answered, and nobody else is asked', async ({ page, hillside }) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== hillside.url) elsewhere.push(request.url());
  });
  await page.goto(address);
  await expect(page).toHaveTitle('Hillside · GraphiQL');
  await expect(openTab(page)).toContainText('WhatIsAtAPath');

  // From the list to the answer by keyboard alone.
  await example(page, 'A menu').focus();
  await page.keyboard.press('Enter');
  await expect(openTab(page)).toContainText('AMenu');
  await expect(question(page)).toContainText('navigation(handle: $handle)');
  await page.keyboard.press('Control+Enter');
  await expect(answer(page)).toContainText('"/drug-and-alcohol-detox"');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Execute query' })).toBeFocused();

  // An id is this installation's.
  await example(page, 'Anything by its id').click();
  await expect(openTab(page)).toContainText('AnythingByItsId');
  await page.getByRole('button', { name: 'Execute query' }).click();
  await expect(answer(page)).toContainText('"__typename": "Therapy"');

  // What is open already is shown again, and is there after a reload.
  await example(page, 'A menu').click();
  await expect(openTab(page)).toContainText('AMenu');
  await expect(page.getByRole('tab')).toHaveCount(3);
  const kept = () => page.evaluate(() => JSON.parse(localStorage.getItem('graphiql:tabState') ?? 'null'));
  await expect.poll(kept).toMatchObject({ activeTabIndex: 1, tabs: Array(3).fill({}) });
  await page.reload();
  await expect(openTab(page)).toContainText('AMenu');
  await expect(page.getByRole('tab')).toHaveCount(3);

  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Schema (SDL)' }).click();
  expect((await downloading).suggestedFilename()).toBe('schema.graphql');
  expect(elsewhere.filter((url) => !url.startsWith(`blob:${hillside.url}/`))).toEqual([]);
});

test('a header is sent, and never kept', async ({ page, watch }) => {
  watch.expects(/answer: 401 .*\/graphql$/);
  watch.expects(/console: .*status of 401/);
  await page.goto(address);
  await example(page, 'A draft, for a preview').click();
  await expect(openTab(page)).toContainText('ADraft');
  await page.getByRole('button', { name: 'Execute query' }).click();
  await expect(answer(page)).toContainText('"title": "Ketamine side effects');

  await page.getByRole('button', { name: 'Headers' }).click();
  await page.getByRole('textbox', { name: 'Headers' }).press('Control+a');
  await page.keyboard.insertText('{ "X-Hillside-Preview": "no-such-token" }');
  const sending = page.waitForRequest((request) => request.headers()['x-hillside-preview'] !== undefined);
  await page.getByRole('button', { name: 'Execute query' }).click();
  expect((await sending).headers()['x-hillside-preview']).toBe('no-such-token');
  await expect(answer(page)).toContainText('This preview token has expired');
  // Longer than GraphiQL takes to store what is typed.
  await page.waitForTimeout(1_000);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('no-such-token');
});

test('every example is answered from the demo content', async ({ request }) => {
  const ask = async (data: object) => (await request.post('/graphql', { data })).json();
  const ids = idsOf((await ask({ query: idsQuery })).data);
  for (const { title, query, variables = {} } of examples) {
    const { data, errors } = await ask({ query, variables: filled(variables, ids) });
    expect(errors, title).toBeUndefined();
    for (const field of Object.values(data)) expect(field, title).toEqual(expect.any(Object));
    if (data.submitLead) expect(data.submitLead).toMatchObject({ userErrors: [], receipt: expect.any(Object) });
  }
});

for (const [name, options] of Object.entries({ desktop, phone })) {
  test(`it can be read and used: ${name}`, async ({ open }) => {
    const page = await open(options);
    await page.goto(address);
    await example(page, 'The centre').click();
    await expect(openTab(page)).toContainText('TheCentre');
    await page.getByRole('button', { name: 'Execute query' }).click();
    await expect(answer(page)).toContainText('"emergency"');
    await lookAt(page, 'graphiql');
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'Query', exact: true }).click();
    await expect(page.getByText('Everything published.', { exact: false }).first()).toBeVisible();
    await lookAt(page, 'graphiql-docs');
    await page.getByRole('button', { name: 'Open settings dialog' }).click();
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
    await expectAccessible(page);
  });
}
