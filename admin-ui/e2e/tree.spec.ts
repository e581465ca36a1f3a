import type { Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { desktop, lookAt, phone } from './support/screens';
import { editorAsks, type NewPage, pageMaker } from './support/staffApi';
import { expect, test } from './support/test';

const openTree = async (page: Page) => {
  await page.goto('/admin/pages?mode=tree');
  await expect(page.getByRole('tree', { name: 'Pages below each other' })).toBeVisible();
};

const line = (page: Page, title: string) => page.getByRole('treeitem', { name: title, exact: true });

/** A course of treatment with pages below pages, none of them public. */
const makeCourse = async (make: NewPage) => {
  const course = await make('course', { title: 'Course' });
  const detox = await make('detox', { title: 'Detox first' }, { parent: course });
  await make('alcohol', { title: 'Alcohol' }, { parent: detox });
  await make('aftercare', { title: 'Aftercare' }, { parent: course });
  return course;
};

test('one walks through the tree by keyboard', async ({ staff, hillside, request }) => {
  await makeCourse(await pageMaker(request, hillside));
  const page = await staff('editor', desktop);
  await page.goto('/admin/pages');
  await page.getByText('Tree', { exact: true }).click();
  await expect(page).toHaveURL(/mode=tree/);
  await expect(line(page, 'Course')).toHaveAttribute('aria-expanded', 'false');
  await line(page, 'Course').focus();
  await page.keyboard.press('ArrowRight');
  await expect(line(page, 'Course')).toHaveAttribute('aria-expanded', 'true');
  await expect(line(page, 'Aftercare')).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('ArrowRight');
  await expect(line(page, 'Aftercare')).toBeFocused();
  await page.keyboard.press('d');
  await expect(line(page, 'Detox first')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(line(page, 'Alcohol')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(line(page, 'Alcohol')).toBeFocused();
  await expectAccessible(page);
  await lookAt(page, 'tree');
  await page.keyboard.press('ArrowLeft');
  await expect(line(page, 'Detox first')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.getByRole('treeitem').first()).toBeFocused();
  await page.keyboard.press('c');
  await page.keyboard.press('ArrowLeft');
  await expect(line(page, 'Alcohol')).toBeHidden();
  for (const keys of ['Shift+F10', 'ContextMenu']) {
    await page.keyboard.press(keys);
    await expect(page.getByRole('menuitem', { name: 'New page below…' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menuitem')).toHaveCount(0);
    await expect(line(page, 'Course')).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Course');
});

test('a page with fifty below it moves, every old link leads on, and it moves back', async ({
  staff,
  hillside,
  request,
}) => {
  test.setTimeout(180_000);
  const make = await pageMaker(request, hillside);
  const asks = await editorAsks(request, hillside);
  const publish = async (id: string) => {
    const { page } = await asks('query ($id: ID!) { page(id: $id) { draft { id } } }', { id });
    const input = { entries: [{ id, revision: page.draft.id }] };
    const query =
      'mutation ($input: PublishEntriesInput!) { publishEntries(input: $input) { userErrors { message path } } }';
    expect((await asks(query, { input })).publishEntries.userErrors).toEqual([]);
  };
  const standard = { kind: 'STANDARD' };
  const course = await make('course', { title: 'Course' }, standard);
  const programs = await make('programs', { title: 'Programs' }, standard);
  await publish(course);
  for (let made = 0; made < 50; made += 1) {
    const number = String(made).padStart(2, '0');
    await publish(await make(`week-${number}`, { title: `Week ${number}` }, { ...standard, parent: course }));
  }
  await publish(programs);

  const page = await staff('editor', desktop);
  await openTree(page);
  await line(page, 'Course').focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Actions for Course' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Move to…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Move “Course”' });
  await dialog.getByLabel('Page', { exact: true }).fill('Programs');
  await page.getByRole('option', { name: /^Programs/ }).click();
  await expect(dialog.getByText('51 addresses change, 51 permanent redirects are written.')).toBeVisible();
  await expect(dialog.getByRole('listitem').nth(1)).toContainText('/programs/course/week-00');
  await expectAccessible(page);
  await lookAt(page, 'tree-move');
  await dialog.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(page.getByText('“Course” is at /programs/course now.')).toBeVisible();
  await expect(line(page, 'Programs')).toHaveAttribute('aria-expanded', 'true');
  await expect(line(page, 'Course')).toHaveAttribute('aria-level', '2');
  await expect(line(page, 'Course')).toBeFocused();

  const old = await request.get('/course/week-42', { maxRedirects: 0 });
  expect(old.status()).toBe(301);
  expect(old.headers()['location']).toBe('/programs/course/week-42');
  expect((await request.get('/course/week-42')).status()).toBe(200);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('“Course” is back at /course.')).toBeVisible();
  await expect(line(page, 'Course')).toHaveAttribute('aria-level', '1');
  await expect(line(page, 'Course')).toBeFocused();
  expect((await request.get('/course/week-42', { maxRedirects: 0 })).status()).toBe(200);
});

test('a page is dropped onto another and onto the top; a refusal says why', async ({ staff, hillside, request }) => {
  const make = await pageMaker(request, hillside);
  await makeCourse(make);
  await make('alcohol', { title: 'Alcohol, an overview' });
  const page = await staff('editor', desktop);
  await openTree(page);
  await line(page, 'Course').getByRole('button', { name: 'Show what is below Course' }).click();
  const link = (title: string) => page.getByRole('link', { name: title, exact: true });
  await line(page, 'Detox first').getByRole('button', { name: 'Show what is below Detox first' }).click();
  const path = (at: string) => page.getByText(at, { exact: true });
  const move = page.getByRole('button', { name: 'Move', exact: true });

  await path('/course/detox').dragTo(path('Top of the site'));
  const dialog = page.getByRole('dialog', { name: 'Move “Detox first”' });
  await expect(dialog.getByText('2 addresses change, no redirect is needed')).toBeVisible();
  await expect(dialog.getByRole('radio', { name: 'Top of the site' })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: 'Top of the site' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(line(page, 'Detox first')).toBeFocused();
  await expect(line(page, 'Detox first')).toHaveAttribute('aria-level', '2');

  await path('/course/detox').dragTo(path('/course/aftercare'));
  await expect(move).toBeEnabled();
  await lookAt(page, 'tree-dropped');
  await page.keyboard.press('Enter');
  await expect(path('/course/aftercare/detox')).toBeVisible();
  await expect(line(page, 'Detox first')).toHaveAttribute('aria-level', '3');

  await path('/course/aftercare/detox/alcohol').dragTo(path('Top of the site'));
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('belongs to “Alcohol, an overview”');
  await expect(move).toBeDisabled();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(link('Alcohol')).toBeVisible();
});

test('on a phone a page is made below another', async ({ staff, hillside, request }) => {
  await makeCourse(await pageMaker(request, hillside));
  const page = await staff('editor', phone);
  await openTree(page);
  await page.getByRole('button', { name: 'Show what is below Course' }).tap();
  await expect(line(page, 'Aftercare')).toBeVisible();
  await lookAt(page, 'tree');
  await page.getByRole('button', { name: 'Actions for Aftercare' }).tap();
  await page.getByRole('menuitem', { name: 'New page below…' }).tap();
  const dialog = page.getByRole('dialog', { name: 'New page below “Aftercare”' });
  await dialog.getByLabel('Title').fill('Sober living');
  await expect(dialog.getByText('/course/aftercare/sober-living')).toBeVisible();
  await dialog.getByRole('button', { name: 'Create and edit' }).tap();
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Sober living');
});

test('more than a hundred below one are read on', async ({ staff, hillside, request }) => {
  const make = await pageMaker(request, hillside);
  const steps = await make('steps', { title: 'Steps' });
  for (let made = 0; made < 104; made += 8) {
    const some = Array.from({ length: 8 }, (_, place) => String(made + place).padStart(3, '0'));
    await Promise.all(some.map((number) => make(`step-${number}`, { title: `Step ${number}` }, { parent: steps })));
  }
  const page = await staff('editor', desktop);
  await openTree(page);
  await line(page, 'Steps').focus();
  await page.keyboard.press('ArrowRight');
  const more = page.getByRole('treeitem', { name: 'Show more (100 of 104)' });
  await expect(more).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(line(page, 'Step 000')).toBeFocused();
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(line(page, 'Step 100')).toBeFocused();
  await expect(more).toBeHidden();
  await expect(page.getByRole('treeitem', { name: /^Step \d/ })).toHaveCount(104);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Step 100');
  await page.goBack();
  await expect(line(page, 'Steps')).toHaveAttribute('aria-expanded', 'true');
});

test('who may not write looks, and does not move', async ({ staff }) => {
  const page = await staff('auditor', desktop);
  await openTree(page);
  await expect(page.getByRole('treeitem').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Actions for/ })).toHaveCount(0);
});
