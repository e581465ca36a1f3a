import type { APIRequestContext, Page } from '@playwright/test';
import { article, saveNow, state, title } from './support/article';
import { expect, test } from './support/test';

const path = '/ketamine-side-effects';
const after = 'Ketamine: side effects, dangers and the way to help';

const main = (page: Page) => page.getByRole('main');
const summary = (page: Page) => page.getByRole('textbox', { name: 'Summary', exact: true });
const outline = (page: Page) => page.getByRole('navigation', { name: 'Outline' }).getByRole('listitem');
const blocks = (page: Page) => page.getByRole('list', { name: 'Blocks' });
const block = (page: Page, name: RegExp) =>
  blocks(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name }) });
const chip = (page: Page, words: string) => main(page).getByText(words, { exact: true }).first();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

const openEntry = async (page: Page, name: string) => {
  await page.getByRole('link', { name }).click();
  await expect(title(page)).toHaveValue(name);
};

const choose = async (page: Page, verb: string) => {
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: verb }).click();
};

const publishNow = async (page: Page) => {
  await dialog(page, /^Publish “/)
    .getByRole('button', { name: 'Publish now' })
    .click();
  await expect(dialog(page, 'It is live').getByRole('link', { name: 'View live page' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
};

/** What a front end reads. */
const delivered = async (request: APIRequestContext, at: string) => {
  const query = `query ($path: String!) {
    route(path: $path) {
      ... on Page {
        title
        blocks {
          __typename
          ... on HeadingBlock { headingText: text }
          ... on CalloutBlock { heading body { text } }
          ... on RichTextBlock { body { text } }
        }
      }
    }
  }`;
  const answer = await request.post('/graphql', { data: { query, variables: { path: at } } });
  const { data, errors } = await answer.json();
  expect(errors).toBeUndefined();
  return data.route;
};

test('the reference page is rewritten and published, and everybody reads the new one', async ({
  staff,
  open,
  request,
}) => {
  const page = await staff('editor');
  await openEntry(page, article);
  await expect(chip(page, 'Live')).toBeVisible();
  await expect(button(page, 'Save')).toBeDisabled();

  await title(page).fill(after);
  await expect(state(page)).toHaveText('Unsaved changes');
  await expect(state(page)).toHaveText(/^Saved/);

  const introduction = block(page, /^Text: People who live with/);
  await introduction.getByText('The drug also has side effects').click();
  await expect(introduction.getByRole('toolbar', { name: 'Formatting' })).toBeVisible();
  await expect(introduction.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Ask us whenever you like.');

  await page.getByRole('button', { name: 'Add a block before Heading: What is ketamine?' }).click();
  await page.getByLabel('Search kinds of blocks').fill('callout');
  await page.keyboard.press('Enter');
  const callout = block(page, /^Callout(: Good to know.*)?$/);
  await callout.getByRole('textbox', { name: 'Heading' }).fill('Good to know');
  await callout.getByRole('textbox', { name: 'Text' }).click();
  await expect(callout.getByRole('toolbar', { name: 'Formatting' })).toBeVisible();
  await page.keyboard.type('Nobody has to decide today.');

  await blocks(page)
    .getByRole('button', { name: /^Move Callout: Good to know/ })
    .focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByText(/^Callout: Good to know.* moved to place 4 of 34\.$/)).toBeAttached();
  await expect(outline(page).nth(2)).toContainText('What is ketamine?');
  await expect(outline(page).nth(3)).toContainText('Good to know');

  await saveNow(page);
  await expect(chip(page, 'Unpublished changes')).toBeVisible();
  expect((await delivered(request, path)).title).toBe(article);

  const checks = page.getByRole('complementary', { name: 'About this document' });
  await checks.getByRole('tab', { name: /^Checks/ }).click();
  await expect(checks.getByText('Worth a look').first()).toBeVisible();
  await checks.getByRole('tab', { name: 'History' }).click();
  await expect(checks.getByRole('listitem')).toHaveText([
    /Version 3.*Latest.*Edda Field/,
    /Version 2.*Live/,
    /Version 1/,
  ]);

  await button(page, 'Publish changes').click();
  await expect(dialog(page, `Publish “${after}”`)).toContainText(
    'Version 3 takes the place of version 2 that the public reads now.',
  );
  await publishNow(page);
  await expect(chip(page, 'Unpublished changes')).toBeHidden();
  await expect(button(page, 'Publish changes')).toBeHidden();

  const visitor = await open();
  await visitor.goto(path);
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(after);
  await expect(main(visitor).getByText(/it can be treated\. Ask us whenever you like\.$/)).toBeVisible();
  await expect(main(visitor).getByText('Nobody has to decide today.')).toBeVisible();

  const data = await delivered(request, path);
  expect(data.title).toBe(after);
  expect(data.blocks[0].body.text).toMatch(/Ask us whenever you like\.$/);
  expect(data.blocks.slice(2, 4)).toMatchObject([
    { __typename: 'HeadingBlock', headingText: 'What is ketamine?' },
    { __typename: 'CalloutBlock', heading: 'Good to know', body: { text: 'Nobody has to decide today.' } },
  ]);
});

test('a page is taken back from the public and given again', async ({ staff, open, watch }) => {
  watch.expects(/404/);
  const page = await staff('editor');
  const visitor = await open();
  await openEntry(page, article);
  await choose(page, 'Unpublish…');
  const question = dialog(page, /^Unpublish “/);
  await expect(question).toContainText(`Nobody outside will be able to read ${path} any more.`);
  await question.getByRole('button', { name: 'Unpublish', exact: true }).click();
  await expect(chip(page, 'Draft')).toBeVisible();
  await visitor.goto(path);
  await expect(visitor.getByRole('heading', { level: 1 })).not.toHaveText(article);
  await button(page, 'Undo').click();
  await expect(chip(page, 'Live')).toBeVisible();

  await choose(page, 'Unpublish…');
  await question.getByRole('button', { name: 'Unpublish', exact: true }).click();
  await expect(chip(page, 'Draft')).toBeVisible();

  await button(page, 'Publish page').click();
  await publishNow(page);
  await expect(chip(page, 'Live')).toBeVisible();
  await visitor.goto(path);
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(article);
});

test('a new page begins in the list and ends on the site', async ({ staff, open }) => {
  const page = await staff('editor');
  await button(page, 'New page').click();
  const form = dialog(page, 'New page');
  await form.getByLabel('Title').fill('Visiting hours');
  await expect(form.getByLabel('Address')).toHaveValue('visiting-hours');
  await form.getByLabel('Address').fill('ketamine-side-effects');
  await form.getByRole('radio', { name: 'Standard' }).check();
  await form.getByRole('button', { name: 'Create and edit' }).click();
  await expect(form.getByLabel('Address')).toHaveAttribute('aria-invalid', 'true');
  await expect(form.getByLabel('Address')).toBeFocused();
  await form.getByLabel('Address').fill('visiting-hours');
  await form.getByRole('button', { name: 'Create and edit' }).click();

  await expect(title(page)).toHaveValue('Visiting hours');
  await expect(chip(page, 'Draft')).toBeVisible();
  await summary(page).fill('When family and friends may come.');
  await button(page, 'Add a block').press('/');
  await page.getByRole('option', { name: /^Text/ }).click();
  await blocks(page).getByRole('textbox').click();
  await expect(blocks(page).getByRole('toolbar', { name: 'Formatting' })).toBeVisible();
  await page.keyboard.type('Every Sunday from two to five.');
  await button(page, 'Publish page').click();
  await expect(dialog(page, /^Publish “/)).toContainText('Everybody will be able to read it at /visiting-hours.');
  await publishNow(page);

  const visitor = await open();
  await visitor.goto('/visiting-hours');
  await expect(main(visitor).getByText('Every Sunday from two to five.')).toBeVisible();
});

test('a therapy is rewritten, and the pages that show it follow', async ({ staff, open }) => {
  const words = 'Talking and listening among people who have been there.';
  const page = await staff('editor');
  await page.getByRole('link', { name: 'Therapies' }).click();
  await openEntry(page, 'Group therapy');
  await summary(page).fill(words);
  await button(page, 'Publish changes').click();
  await publishNow(page);

  const visitor = await open();
  await visitor.goto('/therapies/group-therapy');
  await expect(main(visitor).getByText(words)).toBeVisible();
  await visitor.goto(path);
  await expect(main(visitor).getByText(words)).toBeVisible();
});

test('what cannot be saved is shown at its field, and can be undone', async ({ staff }) => {
  const page = await staff('editor');
  await openEntry(page, article);
  await title(page).fill('');
  await page.keyboard.press('Control+s');
  await expect(state(page)).toHaveText('Not saved: mend 1 thing first');
  await expect(title(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(title(page)).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(title(page)).toHaveValue(article);
  await expect(state(page)).toHaveText(/^Saved/);
});

test('a reviewer reads the draft and changes nothing', async ({ staff }) => {
  const page = await staff('reviewer');
  await page.getByRole('link', { name: article }).click();
  await expect(main(page)).toContainText('You can read this, not change it');
  await expect(page.getByRole('heading', { level: 2, name: article })).toBeVisible();
  await expect(button(page, 'Save')).toBeHidden();
  await expect(page.getByRole('textbox')).toHaveCount(0);
});
