import { openArticle, saveNow, title } from './support/article';
import { expectAccessible } from './support/axe';
import { desktop, lookAt } from './support/screens';
import { expect, test } from './support/test';

const path = '/ketamine-side-effects';

/** As somebody in New York, where the browsers of these tests are, writes a minute soon to come. */
const soon = () => {
  const at = new Date(Date.now() + 120_000);
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/New_York',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(at).replace(' ', 'T');
};

test('what is planned survives a restart and is published at its time', async ({ staff, open, hillside }) => {
  test.setTimeout(240_000);
  const page = await staff('editor', desktop);
  await openArticle(page);
  await title(page).fill('Planned');
  await saveNow(page);
  await page.getByRole('button', { name: 'Publish changes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish “Planned”' });
  await expect(dialog.getByText('1 other field changed since what the public reads.')).toBeVisible();
  await dialog.getByText('At a time', { exact: true }).click();
  await dialog.getByLabel('Date and time').fill('2020-01-01T09:00');
  await expect(dialog.getByText('Choose a time that is still to come.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Plan it' })).toBeDisabled();
  await expectAccessible(page);
  await lookAt(page, 'publish-later');
  await dialog.getByLabel('Date and time').fill(soon());
  await dialog.getByRole('button', { name: 'Plan it' }).click();
  await expect(page.getByRole('dialog', { name: 'It is planned' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Publish changes' }).click();
  await expect(dialog.getByText(/^Will be published .*America\/New_York/)).toBeVisible();
  await page.context().close();
  await hillside.kill();
  await hillside.startAgain();

  const visitor = await open();
  await expect(async () => {
    await visitor.goto(path);
    await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Planned', { timeout: 500 });
  }).toPass({ timeout: 150_000, intervals: [2_000] });
});

test('publishing is taken back, and what is planned is called off', async ({ staff, open }) => {
  const page = await staff('editor', desktop);
  await openArticle(page);
  await title(page).fill('Too early');
  await page.getByRole('button', { name: 'Publish changes' }).click();
  await page.getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByRole('dialog', { name: 'It is live' })).toBeVisible();
  await page.keyboard.press('Escape');
  const visitor = await open();
  await visitor.goto(path);
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Too early');
  await page
    .getByText('Published: Too early')
    .getByRole('button', { name: 'Undo' })
    .or(page.getByRole('button', { name: 'Undo' }))
    .first()
    .click();
  await expect(page.getByText(/^Publishing is undone/)).toBeVisible();
  await visitor.reload();
  await expect(visitor.getByRole('heading', { level: 1 })).not.toHaveText('Too early');

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Unpublish…' }).click();
  const question = page.getByRole('dialog', { name: /^Unpublish “/ });
  await question.getByText('At a time', { exact: true }).click();
  await question.getByRole('button', { name: 'Plan it' }).click();
  await expect(question).toBeHidden();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Unpublish…' }).click();
  await question.getByRole('button', { name: 'Call off' }).click();
  await expect(question.getByText(/^Will be taken back/)).toBeHidden();
});
