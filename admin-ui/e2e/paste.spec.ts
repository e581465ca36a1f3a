import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { saveNow, title } from './support/article';
import { desktop, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';

const copied = (name: string) =>
  readFileSync(new URL(`../src/richtext/paste/fixtures/${name}.html`, import.meta.url), 'utf8');

const webArticle = copied('chrome-article');

const blocks = (page: Page) => page.getByRole('list', { name: 'Blocks' });
const block = (page: Page, kind: string) => blocks(page).locator(`[data-kind="${kind}"]`);
const writing = (page: Page) => page.locator('[contenteditable="true"]');

const openAdmissions = async (page: Page) => {
  await page.goto('/admin/pages');
  await page.getByRole('link', { name: 'Admissions' }).click();
  await expect(title(page)).toBeVisible();
};

const addText = async (page: Page) => {
  await page.getByRole('button', { name: 'Add a block', exact: true }).click();
  await page.getByLabel('Search kinds of blocks').fill('Paragraphs');
  await page.keyboard.press('Enter');
  await expect(writing(page)).toBeFocused();
};

/** As the browser tells a page that something is pasted where the keyboard is. */
const paste = (page: Page, html: string) =>
  page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', text);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  }, html);

/** The kinds of the blocks from a place on. */
const kindsFrom = (page: Page, place: number) =>
  blocks(page)
    .locator('[data-block]')
    .evaluateAll((all, from) => all.slice(from).map((each) => each.getAttribute('data-kind')), place);

const pastedKinds = [
  'richText',
  'heading',
  'richText',
  'heading',
  'list',
  'heading',
  'quote',
  'richText',
  'comparisonTable',
  'richText',
];

for (const device of [desktop, phone]) {
  test(`a web article becomes blocks at ${device.viewport?.width} px, and one undo takes it back`, async ({
    staff,
  }) => {
    const page = await staff('editor', device);
    await openAdmissions(page);
    await addText(page);
    const before = (await blocks(page).locator('[data-block]').count()) - 1;
    // At the speed of fingers: of a letter and a move of the caret within a few milliseconds, ProseMirror sees the letter.
    await page.keyboard.type('After.', { delay: 50 });
    await page.keyboard.press('Home', { delay: 150 });
    await page.keyboard.type('Before. ');
    await expect(writing(page)).toHaveText('Before. After.');

    await paste(page, webArticle);
    await expect.poll(() => kindsFrom(page, before)).toEqual(pastedKinds);
    await expect(page.getByText('1 picture and 1 video or embedded page were left out.')).toBeVisible();
    await expect(blocks(page).locator('[data-block]').nth(before)).toContainText('Before.');
    await expect(block(page, 'quote').last()).toContainText('Robin, 34');
    await expect(block(page, 'comparisonTable').last()).toContainText('Hours of sleep a night');
    await lookAt(page, 'paste-article');

    // Writing goes on behind what was pasted.
    await expect(writing(page)).toBeFocused();
    await page.keyboard.type(' Sleep well.');
    await expect(writing(page).locator('p')).toHaveText([/^Lights out/, 'Good night 🌙 Sleep well.', 'After.']);

    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(() => kindsFrom(page, before)).toEqual(['richText']);
    await expect(block(page, 'richText').last()).toContainText('Before. After.');
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => kindsFrom(page, before)).toEqual(pastedKinds);

    // The table's caption came with it; nothing has to be mended to save.
    await saveNow(page);
    await page.reload();
    await expect.poll(() => kindsFrom(page, before)).toEqual(pastedKinds);
    await expect(block(page, 'list').last()).toContainText('Daylight in the morning');
    await expect(block(page, 'richText').last()).toContainText('Good night 🌙');
  });
}

test('a text that is a field keeps everything in it', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await openAdmissions(page);
  await page.getByRole('button', { name: 'Add a block', exact: true }).click();
  await page.getByLabel('Search kinds of blocks').fill('callout');
  await page.keyboard.press('Enter');
  const callout = block(page, 'callout').last();
  await callout.getByRole('textbox', { name: 'Text' }).click();
  await expect(writing(page)).toBeFocused();
  const count = await blocks(page).locator('[data-block]').count();
  await paste(page, copied('word-desktop'));
  await expect(writing(page).locator('h3')).toHaveText([
    'Leaving the centre',
    'Before you go',
    'What each stay includes',
  ]);
  await expect(writing(page).locator('ul ul')).toHaveText('for fourteen days');
  await expect(writing(page)).toContainText('Family day · one · every Sunday');
  await expect(
    page.getByText('1 picture was left out. 1 link is plain words now. 1 table became lines of text.'),
  ).toBeVisible();
  await expect(blocks(page).locator('[data-block]')).toHaveCount(count);
  await page.keyboard.press('Control+z');
  await expect(writing(page)).toHaveText('');
});

test('a clipboard pasted without formatting is words', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openAdmissions(page);
  await addText(page);
  await page.evaluate(async () => {
    const as = (type: string, text: string) => ({ [type]: new Blob([text], { type }) });
    const formats = {
      ...as('text/html', '<h2>A <b>bed</b></h2><p>and more</p>'),
      ...as('text/plain', 'A bed\nand more'),
    };
    await navigator.clipboard.write([new ClipboardItem(formats)]);
  });
  await page.keyboard.press('Control+Shift+v');
  await expect(writing(page).locator('p')).toHaveText(['A bed', 'and more']);
  await expect(writing(page).locator('strong')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(writing(page)).toHaveText('');
  await page.keyboard.press('Control+v');
  await expect(block(page, 'heading').last()).toContainText('A bed');
});

test('undoing leaves the caret with its words', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await openAdmissions(page);
  await addText(page);
  await page.keyboard.type('Soup bread');
  for (const _ of ' bread') await page.keyboard.press('ArrowLeft');
  // A pause ends what is undone together.
  await page.waitForTimeout(1_100);
  await page.keyboard.type(' and');
  await expect(writing(page)).toHaveText('Soup and bread');
  await page.keyboard.press('Control+z');
  await expect(writing(page)).toHaveText('Soup bread');
  await page.keyboard.type(' with');
  await expect(writing(page)).toHaveText('Soup with bread');
});

test('what is typed while the editor is still on its way is kept', async ({ staff }) => {
  const page = await staff('editor', desktop);
  let arrive = () => {};
  const arrival = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(/\/assets\/RichTextEditor-.*\.js/, async (route) => {
    await arrival;
    await route.continue();
  });
  await openAdmissions(page);
  const text = block(page, 'richText').first();
  await text.getByText('You can call').click();
  await expect(text.getByRole('textbox')).toBeFocused();
  await expect(writing(page)).toHaveCount(0);
  await page.keyboard.type('Any hour: ');
  arrive();
  await expect(writing(page)).toContainText('Any hour: ');
  await expect(writing(page)).toBeFocused();
  await page.keyboard.type('day or night ');
  await expect(writing(page)).toContainText('Any hour: day or night ');
});
