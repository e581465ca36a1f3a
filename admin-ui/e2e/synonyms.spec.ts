import type { Page } from '@playwright/test';
import { desktop, lookAt, phone } from './support/screens';
import { editorAsks } from './support/staffApi';
import { expect, test } from './support/test';

const lines = (page: Page) => page.getByRole('list', { name: 'Terms that mean the same' }).locator(':scope > li');
const field = (page: Page, place: number) => page.getByRole('textbox', { name: new RegExp(`^Line ${place}(:|$)`) });

for (const device of [desktop, phone]) {
  test(`what means the same in the search is kept, at ${device.viewport?.width} px`, async ({ staff, request }) => {
    const page = await staff('editor', device);
    await page.goto('/admin/settings/synonyms');
    await expect(page.getByText(/CBT also finds cognitive behavioral therapy/)).toBeVisible();
    await expect(lines(page)).toHaveCount(14);
    await lookAt(page, 'synonyms');

    await page.getByRole('button', { name: 'Add a line' }).click();
    await expect(field(page, 15)).toBeFocused();
    await page.keyboard.type('the sanctuary');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(lines(page).nth(14)).toContainText('Name 2 to 12 terms that mean the same.');
    await expect(field(page, 15)).toBeFocused();
    await page.keyboard.type(`${'x'.repeat(81)},`);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(lines(page).nth(14)).toContainText(/“x+…”: Keep it to 80 characters./);
    await lookAt(page, 'synonyms-refused');
    await field(page, 15).press('Backspace');
    await page.keyboard.type('admissions');
    // What is typed and not yet a tag counts.
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved. It counts for the public search at once.')).toBeVisible();
    await page.reload();
    await expect(lines(page)).toHaveCount(15);
    await expect(lines(page).nth(14)).toContainText('admissions');
    const query = '{ search(query: "the sanctuary") { nodes { target { __typename } } } }';
    const found = await (await request.post('/graphql', { data: { query } })).json();
    expect(found.errors).toBeUndefined();
    expect(found.data.search.nodes.length).toBeGreaterThan(0);

    await page.getByRole('button', { name: 'Remove line 15: the sanctuary, admissions' }).click();
    await expect(lines(page)).toHaveCount(14);
    await expect(page.getByRole('button', { name: /^Remove line 14/ })).toBeFocused();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Pages' }).click();
    await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
    await page.getByRole('button', { name: 'Stay here' }).click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await expect(lines(page)).toHaveCount(15);
  });
}

test('what a colleague added meanwhile is not written over unseen', async ({ staff, request, hillside }) => {
  const page = await staff('editor');
  await page.goto('/admin/settings/synonyms');
  await page.getByRole('button', { name: /^Remove line 1: / }).click();
  const asks = await editorAsks(request, hillside);
  const save =
    'mutation ($input: SaveSearchSynonymsInput!) { saveSearchSynonyms(input: $input) { userErrors { message } } }';
  await asks(save, { input: { groups: [['theirs', 'also theirs']] } });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Somebody changed this list meanwhile')).toBeVisible();
  await page.getByRole('button', { name: 'Read theirs' }).click();
  await expect(lines(page)).toHaveCount(1);
  await expect(lines(page)).toContainText('also theirs');
});

test('search synonyms are not for a reviewer', async ({ staff }) => {
  const page = await staff('reviewer');
  await expect(page.getByRole('link', { name: 'Search synonyms' })).toHaveCount(0);
  await page.goto('/admin/settings/synonyms');
  await expect(page.getByRole('heading', { name: 'Search synonyms are not for your role' })).toBeVisible();
});
