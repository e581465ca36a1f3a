import type { Page } from '@playwright/test';
import { openArticle, saveNow } from './support/article';
import { expectAccessible } from './support/axe';
import { desktop, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';

const openFact = async (page: Page, kind: string, name: string) => {
  await page.goto(`/admin/library/${kind}`);
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
};

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();

test('a number is changed in one place and the site shows it at once', async ({ staff, open }) => {
  const page = await staff('editor', desktop);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Library' }).click();
  await expect(page).toHaveURL(/library\/contact-points$/);
  await expect(page.getByRole('link', { name: 'Admissions', exact: true })).toBeVisible();
  await lookAt(page, 'library-list');
  await page.getByRole('link', { name: 'Admissions', exact: true }).click();
  await expect(page.getByRole('heading', { name: /^Used in/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Brand settings' })).toBeVisible();
  await lookAt(page, 'library-contact-point');

  await page.getByLabel('Number').fill('12');
  await save(page);
  await expect(page.getByLabel('Number')).toBeFocused();
  await expect(page.getByText(/Give the number with its country/)).toBeVisible();
  await lookAt(page, 'library-refused');
  await page.getByLabel('Number').fill('781 555 0199');
  await page.getByLabel('Shown as').fill('');
  await save(page);
  await expect(page.getByText('Saved. It is changed everywhere.')).toBeVisible();
  await expect(page.getByLabel('Shown as')).toHaveValue('(781) 555-0199');

  const site = await open(desktop);
  await site.goto('/');
  await expect(site.getByRole('banner').getByRole('link', { name: 'Call (781) 555-0199' })).toBeVisible();
  await expect(site.getByText('332-4135')).toHaveCount(0);
});

test('an emergency number cannot be deleted, and what is used says where', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await openFact(page, 'contact-points', 'Emergency services');
  await expect(page.getByText(/its words can change, the number stays/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete' })).toHaveCount(0);
  await openFact(page, 'regions', 'Massachusetts');
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('alert')).toContainText('Hillside Detox, Massachusetts');
  await lookAt(page, 'library-delete');
});

test('a number is replaced wherever it is used, then deleted', async ({ staff, open }) => {
  const page = await staff('owner', desktop);
  await page.goto('/admin/library/contact-points/new');
  await page.getByRole('textbox', { name: 'Label' }).fill('Front desk');
  await page.getByRole('textbox', { name: 'Number', exact: true }).fill('781-555-0199');
  await page.getByRole('button', { name: 'Create contact point' }).click();
  await expect(page.getByText('Nothing uses it yet.')).toBeVisible();

  await openFact(page, 'contact-points', 'Admissions');
  await page.getByRole('button', { name: 'Replace everywhere…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replace “Admissions” everywhere' });
  await expect(dialog.getByRole('button', { name: 'Replace everywhere' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'What takes its place' }).fill('Front');
  await page.getByRole('option', { name: /Front desk/ }).click();
  await expectAccessible(page);
  await lookAt(page, 'library-replace');
  await dialog.getByRole('button', { name: 'Replace everywhere' }).click();
  await expect(page.getByText(/pages and therapies were changed; nothing uses it any more/)).toBeVisible();
  await expect(page.getByText('Nothing uses it yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/contact-points$/);

  const site = await open(desktop);
  await site.goto('/');
  await expect(site.getByRole('banner').getByRole('link', { name: 'Call (781) 555-0199' })).toBeVisible();
  await expect(site.getByText('332-4135')).toHaveCount(0);
});

test('a picture gives way to another on a phone', async ({ staff }) => {
  const page = await staff('editor', phone);
  await page.goto('/admin/media');
  await page
    .getByRole('list', { name: 'Pictures' })
    .getByRole('button', { name: /^valley.jpg/ })
    .click();
  await page.getByRole('button', { name: 'Replace everywhere…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replace “valley.jpg” everywhere' });
  await dialog.getByRole('radio', { name: 'Take it out' }).click();
  await expectAccessible(page);
  await lookAt(page, 'media-replace-phone');
  await dialog.getByRole('button', { name: 'Take out everywhere' }).click();
  await expect(dialog.getByRole('alert').or(page.getByText(/nothing uses it any more/))).toBeVisible();
});

test('a source is made where it is needed', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await page.goto('/admin/therapies');
  await page.getByRole('link', { name: 'Group therapy' }).click();
  await page.getByRole('tab', { name: 'Details' }).click();
  const sources = page.getByRole('textbox', { name: 'Sources' });
  await sources.fill('A study of my own');
  await page.getByRole('option', { name: 'New source “A study of my own”…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New source' });
  await expect(dialog.getByLabel('Title')).toHaveValue('A study of my own');
  await lookAt(page, 'library-new-source');
  await dialog.getByRole('button', { name: 'Create source' }).click();
  await expect(dialog.getByLabel('Publisher')).toBeFocused();
  await dialog.getByLabel('Publisher').fill('A journal');
  await dialog.getByRole('button', { name: 'Create source' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Remove A study of my own' })).toBeVisible();
  await saveNow(page);
  await openFact(page, 'sources', 'A study of my own');
  await expect(page.getByRole('complementary').getByRole('link', { name: 'Group therapy' })).toBeVisible();
});

test('a menu is put in another order by keyboard alone', async ({ staff, open }) => {
  const page = await staff('editor', desktop);
  await page.goto('/admin/library/menus');
  await page.getByRole('link', { name: 'main', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Lines' }).getByRole('listitem').first()).toContainText('Detox');
  await page.getByRole('button', { name: 'Move About us', exact: true }).focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('list', { name: 'Lines' }).getByRole('listitem').first()).toContainText('About us');
  await lookAt(page, 'library-menu');
  await page.getByRole('button', { name: 'Save', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved. It is changed everywhere.')).toBeVisible();
  const site = await open(desktop);
  await site.goto('/');
  await expect(site.getByRole('navigation', { name: 'Main' }).getByRole('listitem').first()).toHaveText('About us');
});

test('two who change the same fact are told, and neither loses a word', async ({ staff }) => {
  const [ada, bea] = await Promise.all([staff('editor', desktop), staff('owner', desktop)]);
  for (const page of [ada, bea]) await openFact(page, 'people', 'Robin Sample, MPH');
  await ada.getByLabel('Role').fill('Writer of health');
  await save(ada);
  await expect(ada.getByText('Saved. It is changed everywhere.')).toBeVisible();
  await bea.getByLabel('Role').fill('Editor of health');
  await save(bea);
  await expect(bea.getByText('Somebody changed this meanwhile')).toBeVisible();
  await lookAt(bea, 'library-conflict');
  await bea.getByRole('button', { name: 'Save mine over it' }).click();
  await expect(bea.getByText('Saved. It is changed everywhere.')).toBeVisible();
  await ada.reload();
  await expect(ada.getByLabel('Role')).toHaveValue('Editor of health');
});

test('the library on a phone', async ({ staff }) => {
  const page = await staff('owner', phone);
  for (const [kind, name] of [
    ['contact-points', 'Admissions'],
    ['locations', 'Hillside Detox, Massachusetts'],
    ['menus', 'footer'],
  ] as const) {
    await page.goto(`/admin/library/${kind}`);
    await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
    if (kind === 'contact-points') await lookAt(page, 'library-list');
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await lookAt(page, `library-${kind}`);
  }
  await page.goto('/admin/library/brand');
  await expect(page.getByLabel('Name of the site')).toHaveValue('Hillside Detox');
  await lookAt(page, 'library-brand');
});

test('a link to a person of the article leads into the library', async ({ staff }) => {
  const page = await staff('reviewer', desktop);
  await openArticle(page);
  await openFact(page, 'people', 'Robin Sample, MPH');
  await expect(page.getByText('Your role may read this, not change it.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
  await expect(page.getByLabel('Role')).toBeDisabled();
});

test('a block is written once and stands on the page that names it', async ({ staff, open }) => {
  const page = await staff('editor', desktop);
  await page.goto('/admin/library/shared-blocks/new');
  await page.getByLabel('Name').fill('Visiting hours');
  await page.getByLabel('Block').selectOption('Callout');
  await page.getByLabel('Heading').fill('When family may come');
  await page.getByRole('textbox', { name: 'Text' }).click();
  await expect(page.locator('[contenteditable=true]')).toBeFocused();
  await page.keyboard.type('On Sunday afternoons.');
  await lookAt(page, 'library-shared-block');
  await page.getByRole('button', { name: 'Create shared block' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Visiting hours' })).toBeVisible();

  await page.goto('/admin/pages');
  await page.getByRole('link', { name: 'About us' }).click();
  await page.getByRole('button', { name: 'Add a block' }).last().click();
  await page.getByPlaceholder('Search kinds of blocks').fill('shared');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Shared block' }).fill('Visiting');
  await page.getByRole('option', { name: /^Visiting hours/ }).click();
  await saveNow(page);
  await page.getByRole('button', { name: /^Publish/ }).click();
  await page.getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByText('It is live')).toBeVisible();

  const site = await open(desktop);
  await site.goto('/about');
  await expect(site.getByText('When family may come')).toBeVisible();
  await expect(site.getByText('Every day: day and night')).toBeVisible();
  await site.getByText('Every day: day and night').scrollIntoViewIfNeeded();
  await lookAt(site, 'site-about');
  await site.goto('/drug-and-alcohol-detox');
  await site.getByRole('navigation', { name: 'On this page' }).getByRole('link').first().click();
  await expect(site).toHaveURL(/#\w/);
  await lookAt(site, 'site-contents');
});

test('a question of the library is added to a page and answered there', async ({ staff }) => {
  const page = await staff('editor', phone);
  await page.goto('/admin/library/questions');
  await page.getByRole('link', { name: 'Does my insurance pay for treatment?' }).click();
  await expect(page.getByRole('link', { name: 'Admissions', exact: true })).toBeVisible();
  await lookAt(page, 'library-question');
});
