import type { Locator } from '@playwright/test';
import { article, openArticle, saveNow, title } from './support/article';
import { expectAccessible } from './support/axe';
import { desktop, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';

const versionLabel = async (dialog: Locator, name: RegExp) =>
  (await dialog.getByLabel('Earlier version').locator('option').filter({ hasText: name }).textContent()) ?? '';

test('two versions are compared, and what was lost is brought back', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await openArticle(page);
  await title(page).fill('Another title');
  const heading = page
    .getByRole('list', { name: 'Blocks' })
    .getByRole('listitem')
    .filter({ hasText: 'What is ketamine?' });
  await heading.hover();
  await heading.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: /^Remove/ }).click();
  await saveNow(page);

  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('link', { name: /^Compare version 3/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare versions' });
  await expect(dialog.getByRole('status')).toContainText('1 block removed');
  await expect(dialog.locator('ins').first()).toHaveText(/Another/);
  await expectAccessible(page);
  await lookAt(page, 'compare');

  await dialog.getByRole('button', { name: /^Bring back Heading: What is ketamine/ }).click();
  await expect(dialog.getByRole('status')).toContainText('It is in the draft again');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('navigation', { name: 'Outline' }).getByText('What is ketamine?')).toBeVisible();
  await expect(title(page)).toHaveValue('Another title');

  await page.getByRole('link', { name: /^Compare version 3/ }).click();
  await dialog.getByRole('button', { name: 'Restore version 2' }).click();
  await expect(title(page)).toHaveValue(article);
  await saveNow(page);
});

test('versions are compared on a phone', async ({ staff }) => {
  const page = await staff('reviewer', phone);
  await openArticle(page);
  await page.getByRole('button', { name: /checks, details and history/i }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('link', { name: /^Compare version 2/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare versions' });
  await expect(dialog.getByRole('button', { name: 'Copy link to this comparison' })).toBeVisible();
  await lookAt(page, 'compare');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('link', { name: /^Compare version 2/ })).toBeVisible();
});

test('a comparison has an address, to go back from, come back to and send', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openArticle(page);
  const editor = page.url();
  await title(page).fill('Another title');
  await saveNow(page);
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('link', { name: /^Compare version 3/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare versions' });
  await expect(dialog.locator('ins').first()).toHaveText(/Another/);
  const comparison = page.url();
  expect(comparison).toMatch(/\/admin\/pages\/[^/]+\/compare\/[^/]+\/[^/]+$/);

  await dialog.getByRole('button', { name: 'Copy link to this comparison' }).click();
  await expect(dialog.getByRole('button', { name: 'Link copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(comparison);
  await lookAt(page, 'compare-copied');

  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(editor);
  await page.goForward();
  await expect(dialog.locator('ins').first()).toHaveText(/Another/);
  await page.reload();
  await expect(dialog.locator('ins').first()).toHaveText(/Another/);
  await expect(dialog.getByLabel('Later version').locator('option:checked')).toHaveText(/^Version 3/);

  // Another pair has another address; closing leads to the editor all the same, and not through what was looked at.
  await dialog.getByLabel('Earlier version').selectOption({ label: await versionLabel(dialog, /^Version 1/) });
  await expect(page).not.toHaveURL(comparison);
  await expect(dialog.getByRole('button', { name: 'Restore version 1' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(editor);
  await expect(title(page)).toHaveValue('Another title');

  // As a colleague opens it who was sent the link.
  const other = await page.context().newPage();
  await other.setViewportSize({ width: 1440, height: 900 });
  await other.goto(comparison);
  const sent = other.getByRole('dialog', { name: 'Compare versions' });
  await expect(sent.locator('ins').first()).toHaveText(/Another/);
  await sent.getByRole('button', { name: 'Close' }).last().click();
  await expect(other).toHaveURL(editor);
  await expect(title(other)).toHaveValue('Another title');
});

test('an address that compares nothing of this page says so', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await page.goto('/admin/therapies');
  await page.getByRole('main').getByRole('link', { name: 'Group therapy' }).click();
  await title(page).fill('Another therapy');
  await saveNow(page);
  await page.getByRole('tab', { name: 'History' }).click();
  await page
    .getByRole('link', { name: /^Compare/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Compare versions' });
  await expect(dialog.getByRole('status')).toContainText(/changed|differs/);
  const foreign = new URL(page.url()).pathname.split('/').slice(-2);
  await page.keyboard.press('Escape');

  await openArticle(page);
  const editor = page.url();
  for (const pair of [['nonsense', 'as-well'], [foreign[0], 'nonsense'], foreign]) {
    await page.goto(`${editor}/compare/${pair.join('/')}`);
    await expect(dialog.getByRole('heading', { name: 'These versions are not there to compare' })).toBeVisible();
    await expect(dialog.getByRole('button', { name: /^Restore/ })).toHaveCount(0);
  }
  await expectAccessible(page);
  await lookAt(page, 'compare-unknown');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page).toHaveURL(editor);
});
