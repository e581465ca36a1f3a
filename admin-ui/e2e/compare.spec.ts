import { article, openArticle, saveNow, title } from './support/article';
import { expectAccessible } from './support/axe';
import { desktop, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';

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
  await page.getByRole('button', { name: /^Compare version 3/ }).click();
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

  await page.getByRole('button', { name: /^Compare version 3/ }).click();
  await dialog.getByRole('button', { name: 'Restore version 2' }).click();
  await expect(title(page)).toHaveValue(article);
  await saveNow(page);
});

test('versions are compared on a phone', async ({ staff }) => {
  const page = await staff('reviewer', phone);
  await openArticle(page);
  await page.getByRole('button', { name: /checks, details and history/i }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('button', { name: /^Compare version 2/ }).click();
  await expect(page.getByRole('dialog', { name: 'Compare versions' })).toBeVisible();
  await lookAt(page, 'compare');
});
