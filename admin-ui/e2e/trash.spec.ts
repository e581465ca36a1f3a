import type { Page } from '@playwright/test';
import { title } from './support/article';
import { desktop, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';

const main = (page: Page) => page.getByRole('main');

const openPage = async (page: Page, name: string) => {
  await page.goto('/admin/pages');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(title(page)).toHaveValue(name);
};

const askToDelete = async (page: Page) => {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  return page.getByRole('dialog', { name: /^Delete “/ });
};

for (const device of [desktop, phone]) {
  test(`what is used is deleted with what becomes of that, and had back, at ${device.viewport?.width} px`, async ({
    staff,
    request,
  }) => {
    const page = await staff('editor', device);
    await openPage(page, 'Admissions');
    const dialog = await askToDelete(page);
    await expect(dialog.getByText(/^It is used in/)).toBeVisible();
    await lookAt(page, 'trash-dialog');
    await dialog.getByRole('radio', { name: 'Put another in its place' }).check();
    await dialog.getByRole('button', { name: 'Move to the trash' }).click();
    await expect(dialog.getByText('Choose what takes its place.')).toBeVisible();
    await dialog.getByRole('radio', { name: 'Take it out of them' }).check();
    await dialog.getByRole('textbox', { name: 'Lead its address to' }).fill('about');
    await page.getByRole('option', { name: /About/ }).first().click();
    await dialog.getByRole('button', { name: 'Move to the trash' }).click();

    await expect(page.getByText(/^“Admissions” is in the trash/)).toBeVisible();
    await expect(main(page).getByRole('link', { name: 'Admissions', exact: true })).toBeHidden();
    const gone = await request.get('/admissions', { maxRedirects: 0 });
    expect([gone.status(), gone.headers()['location']]).toEqual([301, '/about']);

    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('“Admissions” is back.')).toBeVisible();
    expect((await request.get('/admissions', { maxRedirects: 0 })).status()).toBe(200);
  });
}

test('the trash shows what was deleted and gives it back under another address', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await page.goto('/admin/trash');
  await expect(page.getByText('The trash is empty')).toBeVisible();

  await openPage(page, 'Admissions');
  await (await askToDelete(page)).getByRole('button', { name: 'Move to the trash' }).click();
  await expect(page.getByText(/^“Admissions” is in the trash/)).toBeVisible();

  // Another stands at its address by now.
  await page.getByRole('button', { name: 'New page' }).click();
  const form = page.getByRole('dialog', { name: 'New page' });
  await form.getByRole('textbox', { name: 'Title' }).fill('Admissions');
  await form.getByRole('button', { name: 'Create' }).click();
  await expect(title(page)).toHaveValue('Admissions');

  await page.goto('/admin/trash');
  await expect(page.getByRole('row', { name: /Admissions/ })).toContainText('in 30 days');
  await lookAt(page, 'trash');
  await page.getByRole('button', { name: 'Restore “Admissions”' }).click();
  const address = page.getByRole('dialog', { name: 'Its address is another’s by now' });
  await expect(address.getByRole('textbox')).toHaveValue('admissions-2');
  await address.getByRole('textbox').fill('A b');
  await address.getByRole('button', { name: 'Restore' }).click();
  await expect(address.getByText(/^An address has lower-case letters/)).toBeVisible();
  await address.getByRole('textbox').fill('admissions-2');
  await address.getByRole('button', { name: 'Restore' }).click();
  await expect(title(page)).toHaveValue('Admissions');
  await page.goto('/admin/trash');
  await expect(page.getByText('The trash is empty')).toBeVisible();
});

test('the home page cannot be deleted', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await openPage(page, 'Hillside Detox');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Save with a note…' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Delete…' })).toBeHidden();
});
