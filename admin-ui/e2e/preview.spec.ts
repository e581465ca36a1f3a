import type { Page } from '@playwright/test';
import { article, openArticle, state, title } from './support/article';
import { expectAccessible } from './support/axe';
import { desktop, lookAt, phone } from './support/screens';
import { pageMaker } from './support/staffApi';
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
  const frame = page.locator('iframe[title^="Preview of"]');
  await expect.poll(() => frame.evaluate((it) => it.clientWidth)).toBe(390);
  await expectAccessible(page);

  // A tablet is wider than the pane: it is drawn smaller, over the same ground, and is clicked as before.
  await page.getByText(/^Tablet · \d+ %$/).click();
  await expect.poll(() => frame.evaluate((it) => it.clientWidth)).toBe(820);
  const [drawn, ground] = await frame.evaluate((it) =>
    [it, it.parentElement ?? it]
      .map((each) => each.getBoundingClientRect())
      .map(({ x, y, width, height }) => ({
        x: Math.round(x),
        y: Math.round(y),
        width: Math.round(width),
        height: Math.round(height),
      })),
  );
  expect(drawn).toEqual(ground);
  await preview(page).getByText('People who live with').first().click();
  await expect(page.locator('[data-block][data-active]')).toContainText('People who live with');
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

test('a preview in a window of its own follows the editor, leads back to it, and outlives it', async ({
  staff,
  hillside,
  request,
}, info) => {
  const page = await staff('editor', desktop);
  // Without pictures: each width asks for its own, which a server under test is still making when it is told to stop.
  const make = await pageMaker(request, hillside);
  const written = { heading: { key: 'what', text: 'What is ketamine?', level: 2 } };
  const id = await make('a-short-page', { title: 'A short page', blocks: [written] });
  await page.goto(`/admin/pages/${id}`);
  await expect(title(page)).toHaveValue('A short page');
  const editor = page.url();
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  const opening = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Preview in a window of its own' }).click();
  const own = await opening;
  await expect(page.locator('iframe')).toHaveCount(0);
  await expect(own).toHaveURL(`${editor}/preview`);
  const heading = preview(own).getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('A short page');
  await expect(own.getByRole('status')).toHaveText('Follows the editor');

  const began = Date.now();
  await title(page).press('Control+End');
  await title(page).pressSequentially('!');
  await expect(heading).toHaveText('A short page!');
  info.annotations.push({ type: 'keystroke to window', description: `${Date.now() - began} ms` });

  // There is one preview: the button that opens it brings it to the front.
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(page.locator('iframe')).toHaveCount(0);

  await preview(own).getByRole('heading', { name: 'What is ketamine?' }).click();
  await expect(page.getByRole('textbox', { name: 'Heading' })).toHaveValue('What is ketamine?');
  await expect(page.getByRole('textbox', { name: 'Heading' })).toBeFocused();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Written from there.');
  await expect(preview(own).getByRole('heading', { name: 'What is ketamine? Written from there.' })).toBeVisible();

  await own.setViewportSize({ width: 1440, height: 900 });
  await own.getByText('Phone', { exact: true }).click();
  await expect.poll(() => own.locator('iframe').evaluate((it) => it.clientWidth)).toBe(390);
  await lookAt(own, 'preview-window');
  await own.setViewportSize({ width: 390, height: 844 });
  await own.getByText('Full', { exact: true }).click();
  await lookAt(own, 'preview-window');

  await expect(state(page)).toHaveText(/^Saved/);
  await page.close();
  await expect(own.getByRole('status')).toHaveText('The editor is closed. This is the last saved draft.');
  await expect(preview(own).getByRole('heading', { name: 'What is ketamine? Written from there.' })).toBeVisible();
  await own.setViewportSize({ width: 1440, height: 900 });
  await lookAt(own, 'preview-window-closed');

  const coming = own.context().waitForEvent('page');
  await own.getByRole('link', { name: 'Open the editor' }).click();
  const again = await coming;
  await expect(title(again)).toHaveValue('A short page!');
  await expect(own.getByRole('status')).toHaveText('Follows the editor');
  // Whoever leaves the editor for another screen has closed it as well; what they typed last is saved.
  await title(again).fill('Another title');
  await again.getByRole('main').getByRole('link', { name: 'Pages' }).click();
  await expect(own.getByRole('status')).toHaveText('The editor is closed. This is the last saved draft.');
  await expect(heading).toHaveText('Another title');
});

test('the address of a preview shows the saved draft by itself', async ({ staff }) => {
  const page = await staff('reviewer', desktop);
  await page.goto('/admin/therapies');
  await page.getByRole('main').getByRole('link', { name: 'Group therapy' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Group therapy' }).first()).toBeVisible();
  const address = `${page.url()}/preview`;
  await page.goto(address);
  await expect(preview(page).getByRole('heading', { level: 1 })).toHaveText('Group therapy');
  await expect(page.getByRole('status')).toHaveText('The last saved draft');
  await expect(page).toHaveTitle(/^Preview of Group therapy/);
  await expectAccessible(page);
  await page.goto('/admin/pages/nothing/preview');
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await page.getByRole('link', { name: 'Pages' }).click();
  await expect(page).toHaveURL(/\/admin\/pages$/);
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
