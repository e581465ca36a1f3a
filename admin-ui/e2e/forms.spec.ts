import type { Page } from '@playwright/test';
import { desktop, lookAt, phone } from './support/screens';
import { staffAsks } from './support/staffApi';
import { expect, test } from './support/test';

const questions = (page: Page, part: number) =>
  page.getByRole('list', { name: `Questions of part ${part}` }).locator(':scope > li');
const preview = (page: Page) => page.frameLocator('iframe[title="The form as visitors see it"]');

for (const device of [desktop, phone]) {
  test(`what people are asked is changed, tried and brought back, at ${device.viewport?.width} px`, async ({
    staff,
    open,
  }) => {
    const page = await staff('admin', device);
    await page.goto('/admin/settings/forms');
    await expect(page.getByRole('heading', { name: 'What people agree to' })).toBeVisible();
    await lookAt(page, 'forms');
    await page.getByRole('link', { name: 'Confidential form' }).click();
    await expect(questions(page, 1)).toHaveCount(5);
    await expect(preview(page).getByRole('button', { name: 'Send in confidence' })).toBeVisible();
    await lookAt(page, 'form');

    // By keyboard: the message goes to the top, and what it is called is changed.
    await page.getByRole('button', { name: 'Move Message' }).focus();
    await page.keyboard.press('Home');
    await expect(questions(page, 1).first()).toContainText('Message');
    await expect(page.getByRole('button', { name: 'Move Message' })).toBeFocused();
    await page.getByRole('button', { name: 'Change “Message”' }).click();
    const label = questions(page, 1).first().getByRole('textbox', { name: 'Question' });
    await label.fill('');
    await page.getByRole('button', { name: 'Save version' }).click();
    await expect(questions(page, 1).first()).toContainText('Fill in the field “label”.');
    await expect(label).toBeFocused();
    await lookAt(page, 'form-refused');
    await label.fill('What is it about?');
    await page.getByRole('button', { name: 'Change “Insurance”' }).click();
    await questions(page, 2).getByRole('button', { name: 'Ask no more' }).click();
    await expect(questions(page, 2)).toHaveCount(6);
    await expect(preview(page).getByLabel('What is it about?')).toBeVisible();
    await expect(preview(page).getByLabel('Insurance')).toHaveCount(0);
    await page.getByRole('button', { name: 'Save version' }).click();
    await expect(page.getByText('Visitors get version 2 from now on.')).toBeVisible();

    const visitor = await open();
    await visitor.goto('/forms/confidential');
    await expect(visitor.getByLabel('What is it about?')).toBeVisible();
    await expect(visitor.getByLabel('Insurance')).toHaveCount(0);

    await page.getByRole('button', { name: 'Bring back version 1' }).click();
    await expect(questions(page, 2)).toHaveCount(7);
    await page.getByRole('button', { name: 'Save version' }).click();
    await expect(page.getByText('Visitors get version 3 from now on.')).toBeVisible();
  });
}

test('a form of its own, and a wording that forms choose', async ({ staff }) => {
  const page = await staff('owner');
  await page.goto('/admin/settings/forms');
  await page.getByRole('button', { name: 'New form' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'What you call it' }).fill('For families');
  await expect(dialog.getByRole('textbox', { name: 'Its address' })).toHaveValue('for-families');
  await lookAt(page, 'form-new');
  await dialog.getByRole('button', { name: 'Create form' }).click();
  await expect(page.getByRole('heading', { name: 'For families' })).toBeVisible();

  await page.getByRole('link', { name: 'Forms' }).first().click();
  await page.getByRole('button', { name: 'To be contacted: New wording…' }).click();
  await dialog.getByRole('textbox', { name: 'The exact words' }).fill('Yes.');
  await dialog.getByRole('button', { name: 'Save wording' }).click();
  await expect(dialog.getByText(/^Say in whole sentences/)).toBeVisible();
  const wording = 'You may call me about this request. I can take this back at any time by saying so.';
  await dialog.getByRole('textbox', { name: 'The exact words' }).fill(wording);
  await lookAt(page, 'form-wording');
  await dialog.getByRole('button', { name: 'Save wording' }).click();
  await expect(page.getByText('Older wording')).toHaveCount(2);

  await page.getByRole('link', { name: 'For families' }).click();
  await page.getByRole('combobox', { name: 'To be contacted' }).selectOption('Wording 2, the newest');
  await expect(preview(page).getByText(wording)).toBeVisible();
  await page.getByRole('button', { name: 'Save version' }).click();
  await expect(page.getByText('Visitors get version 2 from now on.')).toBeVisible();
});

test('what a colleague saved meanwhile is not written over unseen', async ({ staff, request, hillside }) => {
  const page = await staff('admin');
  await page.goto('/admin/settings/forms/confidential');
  await page.getByRole('textbox', { name: 'Button' }).fill('Send mine');
  const asks = await staffAsks(request, hillside, 'owner');
  const read =
    '{ leadForm(key: "confidential") { title current { number definition { heading intro button thanks steps { title fields { field label help required problem options { value label } } } } } } }';
  const { title, current } = (await asks(read, {})).leadForm;
  const save = 'mutation ($input: SaveLeadFormInput!) { saveLeadForm(input: $input) { userErrors { message } } }';
  const definition = { ...current.definition, button: 'Send theirs' };
  await asks(save, { input: { key: 'confidential', title, baseVersion: current.number, definition } });
  await page.getByRole('button', { name: 'Save version' }).click();
  await expect(page.getByText('Somebody saved another version meanwhile')).toBeVisible();
  await lookAt(page, 'form-conflict');
  await page.getByRole('button', { name: 'Save mine as the next version' }).click();
  await expect(page.getByText('Visitors get version 3 from now on.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Button' })).toHaveValue('Send mine');

  const editor = await staff('editor');
  await editor.goto('/admin/settings/forms');
  await expect(editor.getByText('Forms are not for your role')).toBeVisible();
});
