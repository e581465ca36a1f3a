import type { Page } from '@playwright/test';
import { article, openArticle, title } from './support/article';
import { expectAccessible } from './support/axe';
import { desktop, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';

const preview = (page: Page) => page.frameLocator(`iframe[title^="Preview of"]`);

test('a preview follows what is written, and leads back to the block that is clicked', async ({ staff }, info) => {
  const page = await staff('editor', desktop);
  await openArticle(page);
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(preview(page).getByRole('heading', { level: 1 })).toHaveText(article);

  // How long a keystroke takes to be seen: told, not judged, because the machine does other things as well.
  const began = Date.now();
  await title(page).press('Control+End');
  await title(page).pressSequentially('!');
  await expect(preview(page).getByRole('heading', { level: 1 })).toHaveText(`${article}!`);
  info.annotations.push({ type: 'keystroke to preview', description: `${Date.now() - began} ms` });

  await preview(page).getByRole('heading', { name: 'What is ketamine?' }).click();
  await expect(page.getByRole('textbox', { name: 'Heading' })).toHaveValue('What is ketamine?');
  await expect(page.getByRole('textbox', { name: 'Heading' })).toBeFocused();

  await page.getByText('Phone', { exact: true }).click();
  await expect.poll(() => page.locator('iframe[title^="Preview of"]').evaluate((it) => it.clientWidth)).toBe(390);
  await expectAccessible(page);
  await lookAt(page, 'editor-preview');
  await page.getByRole('button', { name: 'Close the preview' }).click();
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('a draft is shared by a link that somebody without an account can read', async ({ staff, open }) => {
  const page = await staff('editor', desktop);
  await openArticle(page);
  await title(page).fill('A draft to be read');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Unpublished changes', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this draft' });
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
  await expectAccessible(page);

  const reader = await open();
  await reader.goto(link);
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('A draft to be read');
  await expect(reader.getByText('This is a draft, shown to you in confidence.')).toBeVisible();
});

test('on a phone the preview lies over the document', async ({ staff }) => {
  const page = await staff('editor', phone);
  await openArticle(page);
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(preview(page).getByRole('heading', { level: 1 })).toHaveText(article);
  await lookAt(page, 'editor-preview');
  await page.getByRole('button', { name: 'Close the preview' }).click();
  await expect(title(page)).toBeVisible();
});
