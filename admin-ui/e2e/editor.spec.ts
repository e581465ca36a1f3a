import type { Locator, Page } from '@playwright/test';
import { openArticle, state, title } from './support/article';
import { desktop, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';

const blocks = (page: Page) => page.getByRole('list', { name: 'Blocks' }).locator('> li');
const keys = (page: Page) => blocks(page).evaluateAll((all) => all.map((each) => each.id));
const name = (page: Page, nth: number) => blocks(page).nth(nth).locator('[data-block-name]');
const body = (page: Page, nth: number) => blocks(page).nth(nth).locator('> :last-child').textContent();
const bar = (page: Page) => page.getByRole('toolbar', { name: /selected$/ });

test('blocks are moved, chosen, duplicated and removed by keyboard', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await openArticle(page);
  const before = await keys(page);

  await name(page, 1).focus();
  await page.keyboard.press('Alt+ArrowUp');
  expect((await keys(page)).slice(0, 2)).toEqual([before[1], before[0]]);
  await expect(name(page, 0)).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  expect(await keys(page)).toEqual(before);
  await expect(name(page, 1)).toBeFocused();

  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(bar(page)).toContainText('3 blocks');
  await lookAt(page, 'editor-selection');
  await page.keyboard.press('Alt+ArrowUp');
  expect((await keys(page)).slice(0, 4)).toEqual([before[1], before[2], before[3], before[0]]);
  await page.keyboard.press('Control+z');
  expect(await keys(page)).toEqual(before);

  await name(page, 1).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+d');
  await expect(blocks(page)).toHaveCount(before.length + 2);
  await expect(bar(page)).toContainText('2 blocks');
  await page.keyboard.press('Delete');
  expect(await keys(page)).toEqual(before);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(blocks(page)).toHaveCount(before.length + 2);
  await page.keyboard.press('Control+z');
  expect(await keys(page)).toEqual(before);

  await blocks(page).nth(0).getByText('People who live with').click();
  await expect(blocks(page).nth(0)).toHaveAttribute('data-active', 'true');
  await blocks(page)
    .nth(3)
    .getByText('Doctors also use')
    .click({ modifiers: ['Shift'] });
  await expect(bar(page)).toContainText('4 blocks');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
  await page.keyboard.press('Escape');
  await expect(bar(page)).toBeHidden();
});

/** Where the keyboard comes to a text, an editor takes its place a frame later. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Presses Tab until the keyboard is there. */
const tabTo = async (page: Page, field: Locator) => {
  await expect(field).toBeVisible();
  for (let presses = 0; presses < 25; presses += 1) {
    if (await field.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
    await drawn(page);
  }
  await expect(field).toBeFocused({ timeout: 1 });
};

/** Adds a block after the one the keyboard was in last, and begins to write in it. */
const add = async (page: Page, kind: string) => {
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search kinds of blocks' })).toBeFocused();
  await page.keyboard.type(kind);
  await expect(page.locator('[data-combobox-selected]')).toContainText(kind);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Search kinds of blocks' })).toBeHidden();
  const written = page.locator('[data-block][data-active]');
  await expect(written).toBeVisible();
  return written;
};

const write = async (page: Page, block: Locator, name: string, words: string) => {
  await tabTo(page, block.getByRole('textbox', { name, exact: true }));
  // A text is plain words until the keyboard comes to it.
  await expect(page.locator(':is(input, textarea, [contenteditable="true"]):focus')).toBeVisible();
  await page.keyboard.type(words);
};

const pick = async (page: Page, block: Locator, name: string, words: string) => {
  await write(page, block, name, words);
  await expect(page.locator('[data-combobox-selected]')).toContainText(words);
  await page.keyboard.press('Enter');
};

const done = async (page: Page) => {
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-block-name]:focus')).toHaveCount(1);
};

test('a page with every kind of block is written by keyboard alone', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await page.goto('/admin/pages');
  await expect(page.getByRole('button', { name: 'New page' })).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveValue('By keyboard');

  await tabTo(page, page.getByRole('button', { name: 'Add a block', exact: true }));
  let block = await add(page, 'Heading');
  await write(page, block, 'Heading', 'What to expect');
  await done(page);

  block = await add(page, 'Paragraphs');
  await write(page, block, 'Text', 'You can call us at any time.');
  await done(page);

  block = await add(page, 'Points a reader');
  await write(page, block, 'Heading', 'What to bring');
  await tabTo(page, block.getByRole('button', { name: 'Add a point' }));
  await page.keyboard.press('Enter');
  await write(page, block, 'Point 1', 'Your papers');
  const point = (number: number) => block.getByRole('textbox', { name: `Point ${number}`, exact: true });
  await page.keyboard.press('Enter');
  await expect(point(2)).toBeFocused();
  await page.keyboard.type('Warm and clothes');
  for (let letters = 0; letters < ' clothes'.length; letters += 1) await page.keyboard.press('ArrowLeft');
  for (let letters = 0; letters < ' and'.length; letters += 1) await page.keyboard.press('Shift+ArrowLeft');
  // The browser tells a text where its caret is only as it draws.
  await drawn(page);
  await page.keyboard.press('Enter');
  await expect(point(2)).toHaveText('Warm');
  await expect(point(3)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(point(3)).toHaveCount(0);
  await expect(point(2)).toHaveText('Warm and clothes');
  await page.keyboard.press('Enter');
  await expect(point(3)).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(point(2)).toBeFocused();
  await page.keyboard.type(', too');
  await expect(point(2)).toHaveText('Warm and clothes, too');
  await done(page);

  block = await add(page, 'Comparison table');
  await write(page, block, 'Caption', 'Two ways');
  await page.keyboard.press('Tab');
  for (const words of ['Way', 'At home', 'Cost', 'Little', 'Time', 'Weeks']) {
    await page.keyboard.type(words);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Shift+Tab');
  await expect(block.getByRole('textbox', { name: 'Time, At home' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Far away');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('Distance');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(block.getByRole('button', { name: /^Row 3:/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Move up' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(block.getByRole('textbox', { name: 'Heading of row 2' })).toHaveValue('Distance');
  await expect(block.getByRole('textbox', { name: 'Heading of row 2' })).toBeFocused();
  await done(page);

  block = await add(page, 'Statistic');
  await write(page, block, 'Value', '7');
  await write(page, block, 'Statement', 'days are the least');
  await done(page);

  block = await add(page, 'Emergency notice');
  await write(page, block, 'Heading', 'In danger');
  await write(page, block, 'Text', 'Do not wait.');
  await pick(page, block, 'Add: search a number', '988');
  await write(page, block, 'When', 'At any hour');
  await done(page);

  block = await add(page, 'Questions and answers');
  await tabTo(page, block.getByRole('button', { name: 'Add a question' }));
  await page.keyboard.press('Enter');
  await write(page, block, 'Question', 'Does it hurt?');
  await write(page, block, 'Answer', 'Not for long.');
  await done(page);

  block = await add(page, 'Call to action');
  await write(page, block, 'Heading', 'Come and see');
  await write(page, block, 'Text', 'The door is open.');
  await pick(page, block, 'Telephone', '988');
  await done(page);

  block = await add(page, 'Confidential form');
  await write(page, block, 'Heading', 'Write to us');
  await write(page, block, 'Placement', 'end');
  await done(page);

  block = await add(page, 'Therapies');
  await write(page, block, 'Heading', 'What we offer');
  await pick(page, block, 'Therapies', 'Group');
  await done(page);

  block = await add(page, 'Quote');
  await write(page, block, 'Words', 'I sleep again.');
  await write(page, block, 'Attribution', 'A former patient');
  await done(page);

  block = await add(page, 'Callout');
  await write(page, block, 'Heading', 'Good to know');
  await write(page, block, 'Text', 'Visits are welcome.');
  await done(page);

  block = await add(page, 'Picture');
  await tabTo(page, block.getByRole('button', { name: 'Choose a picture', exact: true }));
  await page.keyboard.press('Enter');
  const picker = page.getByRole('dialog', { name: 'Choose a picture' });
  await tabTo(page, picker.getByRole('button', { name: /^valley\.jpg/ }));
  await page.keyboard.press('Enter');
  await tabTo(page, picker.getByRole('button', { name: 'Use this picture' }));
  await page.keyboard.press('Enter');
  await expect(picker).toBeHidden();
  await write(page, block, 'Alternative text on this page', 'The way up to the house');
  await write(page, block, 'Caption', 'Ten minutes on foot.');
  await done(page);

  block = await add(page, 'Person');
  await pick(page, block, 'Person', 'Robin Sample');
  await done(page);

  block = await add(page, 'Location');
  await pick(page, block, 'Location', 'Detox');
  await done(page);

  block = await add(page, 'Table of contents');
  await write(page, block, 'Heading', ', in short');
  await done(page);

  block = await add(page, 'Shared block');
  await pick(page, block, 'Shared block', 'Help that costs');
  await done(page);

  await page.keyboard.press('Control+s');
  await expect(state(page)).toHaveText(/^Saved/);
  await page.reload();
  const told = [
    /What to expect/,
    /You can call us at any time\./,
    /What to bring.*Your papers.*Warm and clothes, too/s,
    /Two ways.*At home.*Cost.*Little.*Distance.*Far away.*Time.*Weeks/s,
    /7.*days are the least/s,
    /In danger.*Do not wait\..*At any hour.*988/s,
    /Does it hurt\?.*Not for long\./s,
    /Come and see.*The door is open\..*988/s,
    /Write to us.*Placement: end/s,
    /What we offer.*Group therapy/s,
    /I sleep again\..*A former patient/s,
    /Good to know.*Visits are welcome\./s,
    /Ten minutes on foot\./s,
    /Robin Sample/s,
    /Detox/s,
    /On this page, in short/s,
    /Help that costs/s,
  ];
  await expect(blocks(page)).toHaveCount(told.length);
  for (const [place, words] of told.entries()) await expect(blocks(page).nth(place)).toContainText(words);
});

test('people are mentioned by name and buttons lead to pages', async ({ staff, open }) => {
  const page = await staff('editor', desktop);
  await page.goto('/admin/pages');
  await page.getByRole('button', { name: 'New page' }).click();
  await page.keyboard.type('By name');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveValue('By name');
  await tabTo(page, page.getByRole('button', { name: 'Add a block', exact: true }));
  let block = await add(page, 'Paragraphs');
  await write(page, block, 'Text', 'Ask ');
  const mention = async (words: string) => {
    await page.keyboard.press('@');
    await page.getByRole('dialog', { name: 'Mention' }).getByRole('textbox').fill(words);
    await expect(page.locator('[data-combobox-selected]')).toContainText(words);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Mention' })).toBeHidden();
  };
  await mention('Robin Sample');
  await page.keyboard.type(' about ');
  await mention('Group therapy');
  await page.keyboard.type(' or call ');
  await mention('988');
  await page.keyboard.type('.');
  await expect(block.getByRole('textbox', { name: 'Text' })).toContainText(
    /Ask .*Robin Sample.* about Group therapy or call ☏ .*988/,
  );
  await done(page);
  await expect(blocks(page).nth(0)).toContainText(/Ask .*Robin Sample.* about Group therapy or call ☏ .*988/);

  block = await add(page, 'Call to action');
  await write(page, block, 'Heading', 'What comes next');
  await write(page, block, 'Text', 'You arrive.');
  await pick(page, block, 'Link', 'Admissions');
  await lookAt(page, 'editor-call-to-action');
  await done(page);
  await page.keyboard.press('Control+s');
  await expect(state(page)).toHaveText(/^Saved/);
  await page.getByRole('button', { name: 'Publish page' }).click();
  await page
    .getByRole('dialog', { name: /^Publish “/ })
    .getByRole('button', { name: 'Publish now' })
    .click();
  await expect(page.getByText('Everybody can read it at')).toBeVisible();

  const site = await open(desktop);
  await site.goto('/by-name');
  await expect(site.getByText(/^Ask .*Robin Sample.* about Group therapy or call 988/)).toBeVisible();
  await expect(site.getByRole('link', { name: 'Group therapy' }).last()).toHaveAttribute(
    'href',
    '/therapies/group-therapy',
  );
  await site
    .getByRole('main')
    .getByRole('link', { name: /admissions/i })
    .click();
  await expect(site).toHaveURL(/\/admissions$/);
});

test('an @ that mentions nobody stays in the text, and a link that is not made leaves it alone', async ({ staff }) => {
  // Dialogs take their time to come, as they do for most people.
  const page = await staff('editor', { ...desktop, reducedMotion: 'no-preference' });
  await page.goto('/admin/pages');
  await page.getByRole('button', { name: 'New page' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.type('An address');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveValue('An address');
  await tabTo(page, page.getByRole('button', { name: 'Add a block', exact: true }));
  const block = await add(page, 'Paragraphs');
  const text = block.getByRole('textbox', { name: 'Text' });
  const dialog = page.getByRole('dialog');
  await write(page, block, 'Text', 'Find us on @hillside');
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await expect(dialog.getByRole('textbox')).toHaveValue('hillside');
  await page.keyboard.press('Escape');
  await page.keyboard.type(', too');
  await expect(dialog).toBeHidden();
  await expect(text).toHaveText('Find us on @hillside, too');
  await expect(text).toBeFocused();

  await drawn(page);
  for (let letters = 0; letters < 'too'.length; letters += 1) await page.keyboard.press('Shift+ArrowLeft');
  await drawn(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('adm');
  await expect(dialog.getByRole('textbox')).toHaveValue('adm');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('too');
  await page.keyboard.type('as well');
  await expect(text).toHaveText('Find us on @hillside, as well');
});

test('Enter at its name goes on writing in a block', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await page.goto('/admin/pages');
  await page.getByRole('button', { name: 'New page' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.type('Written on');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveValue('Written on');
  await tabTo(page, page.getByRole('button', { name: 'Add a block', exact: true }));
  const block = await add(page, 'Paragraphs');
  const text = block.getByRole('textbox', { name: 'Text' });
  await write(page, block, 'Text', 'Soup and');
  for (let presses = 0; presses < 25; presses += 1) {
    if (await name(page, 0).evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Shift+Tab');
  }
  await expect(name(page, 0)).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type(' bread');
  await expect(text).toHaveText('Soup and bread');
  // The space bar ends it, as it presses any button.
  await name(page, 0).focus();
  await page.keyboard.press('Space');
  await expect(block).toHaveCount(0);
});

test('a slash that was no wish for a block stays in the text', async ({ staff }) => {
  const page = await staff('editor', { ...desktop, reducedMotion: 'no-preference' });
  await page.goto('/admin/pages');
  await page.getByRole('button', { name: 'New page' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.type('A path');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveValue('A path');
  const search = page.getByRole('combobox', { name: 'Search kinds of blocks' });

  const button = page.getByRole('button', { name: 'Add a block', exact: true });
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  await expect(search).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();

  const block = await add(page, 'Paragraphs');
  const text = block.getByRole('textbox', { name: 'Text' });
  await write(page, block, 'Text', '/24');
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('24');
  await page.keyboard.type('7');
  await page.keyboard.press('Escape');
  await page.keyboard.type(' at 1');
  await expect(search).toBeHidden();
  await expect(text).toHaveText('/247 at 1');
  await expect(text).toBeFocused();

  await done(page);
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(name(page, 0)).toBeFocused();
  await page.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Add a block below' }).click();
  await expect(search).toBeFocused();
  await page.keyboard.type('Quote');
  await expect(search).toHaveValue('Quote');
  await page.getByRole('heading', { name: 'Outline' }).click();
  await expect(search).toBeHidden();
});

test('a block is turned into another kind, and sent to a place by its number', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await openArticle(page);
  const before = await keys(page);
  await name(page, 2).focus();
  await expect(name(page, 2)).toHaveAccessibleName('Heading: What is ketamine?');
  await page.getByRole('button', { name: 'More for Heading: What is ketamine?' }).press('Enter');
  await lookAt(page, 'editor-block-menu');
  const turnInto = page.getByRole('group', { name: 'Turn into' });
  await expect(turnInto.getByRole('menuitem')).toHaveCount(1);
  await turnInto.getByRole('menuitem', { name: 'Text' }).press('Enter');
  await expect(name(page, 2)).toHaveAccessibleName('Text: What is ketamine?');
  await expect(name(page, 2)).toBeFocused();
  expect(await keys(page)).toEqual(before);

  await page.getByRole('button', { name: 'More for Text: What is ketamine?' }).press('Enter');
  await page.getByRole('menuitem', { name: /^Move to place/ }).press('Enter');
  const place = page.getByRole('textbox', { name: `Place, from 1 to ${before.length}` });
  await expect(place).toBeFocused();
  await page.keyboard.type('99');
  await page.keyboard.press('Enter');
  await expect(page.getByText(`Give a number from 1 to ${before.length}.`)).toBeVisible();
  await lookAt(page, 'editor-place');
  await place.fill(String(before.length));
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await keys(page)).at(-1)).toBe(before[2]);
  await expect(name(page, before.length - 1)).toBeFocused();

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const keys of ['Alt+↑ ↓', 'Ctrl+K', 'Ctrl+S', 'Ctrl+Z', 'Mention', 'The cell below']) {
    await expect(sheet).toContainText(keys);
  }
  await lookAt(page, 'editor-shortcuts');
});

test('the kinds that were added last come first', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await openArticle(page);
  await name(page, 0).focus();
  await add(page, 'Quote');
  await done(page);
  await page.keyboard.press('/');
  await expect(page.getByRole('group', { name: 'Recent' }).getByRole('option')).toHaveText([/^Quote/]);
  await expect(page.locator('[data-combobox-selected]')).toHaveText(/^Quote/);
  await lookAt(page, 'editor-recent');
});

test('blocks are copied from one page to another', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await openArticle(page);
  await name(page, 2).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(bar(page)).toContainText('2 blocks');
  const words = await Promise.all([2, 3].map((nth) => body(page, nth)));
  const copied = (await keys(page)).slice(2, 4);
  await page.keyboard.press('Control+c');
  await expect(page.getByText('2 blocks copied')).toBeVisible();

  await page.goto('/admin/pages');
  await page.getByRole('link', { name: 'Admissions' }).click();
  await expect(title(page)).toHaveValue('Admissions');
  const before = await keys(page);
  await name(page, 0).focus();
  await page.keyboard.press('Control+v');
  await expect(blocks(page)).toHaveCount(before.length + 2);
  await expect(bar(page)).toContainText('2 blocks');
  const after = await keys(page);
  expect(after.filter((key) => before.includes(key))).toEqual(before);
  expect(after.slice(1, 3).filter((key) => copied.includes(key))).toEqual([]);
  expect(await Promise.all([1, 2].map((nth) => body(page, nth)))).toEqual(words);
  await page.keyboard.press('Control+z');
  expect(await keys(page)).toEqual(before);

  // Cut by the button, pasted at the seam before the first block.
  await name(page, 1).focus();
  await page.keyboard.press('Shift+ArrowUp');
  await bar(page).getByRole('button', { name: 'Cut' }).click();
  await expect(blocks(page)).toHaveCount(before.length - 2);
  await page
    .getByRole('button', { name: /^Add a block before/ })
    .first()
    .focus();
  await page.keyboard.press('Control+v');
  await expect(blocks(page)).toHaveCount(before.length);

  // What is in a field stays the field's.
  await title(page).focus();
  await page.keyboard.press('Control+v');
  await expect(blocks(page)).toHaveCount(before.length);
  await page.keyboard.press('Control+z');
});

test('on a phone blocks are chosen from the menu of one', async ({ staff }) => {
  const page = await staff('editor', phone);
  await openArticle(page);
  await page.getByText('Doctors also use ketamine').click();
  await page.getByRole('button', { name: /^More for Text: Ketamine is a dissociative/ }).click();
  await lookAt(page, 'editor-block-menu');
  await page.getByRole('menuitem', { name: 'Select' }).click();
  await expect(bar(page)).toContainText('1 block');
  await lookAt(page, 'editor-selection');
  const before = await keys(page);
  await bar(page).getByRole('button', { name: 'Move up' }).click();
  expect((await keys(page)).slice(2, 4)).toEqual([before[3], before[2]]);
  await bar(page).getByRole('button', { name: 'Clear the selection' }).click();
  await expect(bar(page)).toBeHidden();
});
