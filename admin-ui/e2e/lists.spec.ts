import type { APIRequestContext, Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import type { Hillside } from './support/hillside';
import { desktop, lookAt, phone } from './support/screens';
import { pageMaker } from './support/staffApi';
import { expect, test } from './support/test';

/** Many drafts, made over the API. */
const makePages = async (request: APIRequestContext, hillside: Hillside, count: number) => {
  const make = await pageMaker(request, hillside);
  for (let made = 0; made < count; made += 10) {
    const ten = Array.from({ length: 10 }, (_, place) => String(made + place).padStart(3, '0'));
    await Promise.all(ten.map((number) => make(`note-${number}`, { title: `Note ${number}` })));
  }
};

const rows = (page: Page) => page.locator('tbody a');

test('a long list is scrolled to its end without drawing all of it, sorted, and kept as a view', async ({
  staff,
  hillside,
  request,
}) => {
  await makePages(request, hillside, 300);
  const page = await staff('editor', desktop);
  await page.goto('/admin/pages');
  await page.getByLabel('Order').selectOption('TITLE');
  await expect(page).toHaveURL(/sort=TITLE/);
  await expect(rows(page).first()).toBeVisible();
  const last = page.getByRole('link', { name: 'Note 299', exact: true });
  await expect
    .poll(
      async () => {
        await page.mouse.move(700, 500);
        await page.mouse.wheel(0, 6000);
        return last.count();
      },
      { timeout: 30_000 },
    )
    .toBe(1);
  expect(await rows(page).count()).toBeLessThan(120);

  await page.keyboard.press('/');
  await page.keyboard.type('note 12');
  await expect(page).toHaveURL(/q=note/);
  await expect(rows(page)).toHaveCount(10);
  await page.keyboard.press('Tab');
  await page.getByRole('heading', { name: 'Pages' }).click();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: 'Note 121', exact: true })).toBeFocused();

  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Keep this list as a view…' }).click();
  await page.getByLabel('Name').fill('Twelves');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Twelves' })).toBeVisible();
  await page.goto('/admin/pages');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Twelves', exact: true }).click();
  await expect(rows(page)).toHaveCount(10);
  await expectAccessible(page);
  await lookAt(page, 'pages-view');
});

test('drafts that have something to mend are found', async ({ staff, hillside, request }) => {
  const make = await pageMaker(request, hillside);
  const quote = { quote: { key: 'a', text: '', attribution: '' } };
  await make('unfinished', { title: 'Unfinished', blocks: [quote] });
  const page = await staff('editor', desktop);
  await page.goto('/admin/pages');
  await page.getByLabel('Findings').selectOption('To mend first');
  await expect(page).toHaveURL(/checks=BLOCKS/);
  await expect
    .poll(async () => {
      await page.reload();
      await expect(page.getByRole('heading', { name: 'Pages' })).toBeVisible();
      return page.getByRole('link', { name: 'Unfinished' }).count();
    })
    .toBe(1);
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText('1 to mend')).toBeVisible();
  await lookAt(page, 'pages-findings');
});

test('everything is found by its words from anywhere, by keyboard', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await page.goto('/admin/therapies');
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: 'Search everything' });
  await expect(palette).toBeFocused();
  await palette.fill('bladder');
  const found = page.getByRole('option').filter({ hasText: 'Ketamine side effects' });
  await expect(found).toContainText('ladder');
  await expectAccessible(page);
  await lookAt(page, 'palette');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/admin\/pages\/pag_/);

  // What the library keeps is found as well, and opened where it is kept.
  await page.keyboard.press('Control+k');
  await palette.fill('massachusetts hillside detox');
  await expect(page.getByRole('option', { name: /^Hillside Detox, Massachusetts/ })).toBeVisible();
  await palette.fill('valley');
  await page.getByRole('option').filter({ hasText: 'valley.jpg' }).click();
  await expect(page).toHaveURL(/\/admin\/media\?open=med_/);

  await page.keyboard.press('Control+k');
  await palette.fill('go to thera');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/admin\/therapies$/);
});

test('what is typed before the search is there is searched, and is no shortcut', async ({ staff }) => {
  const page = await staff('editor', desktop);
  let arrive = () => {};
  const line = new Promise<void>((done) => {
    arrive = done;
  });
  await page.route(/CommandPalette-.*\.js$/, async (route) => {
    await line;
    await route.continue();
  });
  await page.goto('/admin/pages');
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('nn1');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new bla');
  arrive();
  const palette = page.getByRole('combobox', { name: 'Search everything' });
  await expect(palette).toBeFocused();
  await page.keyboard.type('dder');
  await expect(palette).toHaveValue('new bladder');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await expect(page).toHaveURL(/\/admin\/pages$/);
});

test('a list is used with a thumb', async ({ staff }) => {
  const page = await staff('editor', phone);
  await page.goto('/admin/pages');
  await expect(rows(page).first()).toBeVisible();
  await page.getByLabel('Mine', { exact: true }).check();
  await expect(page).toHaveURL(/mine=true/);
  await lookAt(page, 'pages-list');
});

test('of a long list all that can be changed at once are chosen, below headings that stay in sight', async ({
  staff,
  hillside,
  request,
}) => {
  await makePages(request, hillside, 60);
  const page = await staff('editor', desktop);
  await page.goto('/admin/pages?sort=TITLE&q=note');
  const box = (name: string) => page.getByRole('checkbox', { name, exact: true });
  const all = box('Choose all that are shown');
  const bar = page.getByRole('region', { name: 'What is chosen' });
  // What is scrolled to comes by itself.
  await expect(async () => {
    await rows(page).last().scrollIntoViewIfNeeded();
    await expect(rows(page)).toHaveCount(60, { timeout: 1_000 });
  }).toPass();

  const last = page.getByRole('link', { name: 'Note 059', exact: true });
  await last.scrollIntoViewIfNeeded();
  await expect(all).toBeInViewport();
  await lookAt(page, 'pages-scrolled');
  await all.click();
  await expect(bar).toContainText('The first 50 are chosen: as many as can be changed at once');
  await expect(box('Choose “Note 049”')).toBeChecked();
  await expect(box('Choose “Note 050”')).not.toBeChecked();
  await lookAt(page, 'pages-first-chosen');

  const trash = bar.getByRole('button', { name: 'Move to the trash' });
  const looks = () => trash.evaluate((button) => getComputedStyle(button).color);
  const able = await looks();
  await box('Choose “Note 050”').check();
  await expect(trash).toBeDisabled();
  await expect.poll(looks).not.toBe(able);
  await lookAt(page, 'pages-too-many');
  await box('Choose “Note 050”').uncheck();
  await all.click();
  await expect(bar).toBeHidden();

  // Going up by keyboard, the row that has it is not beneath the headings.
  await last.focus();
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('k');
  const row = await page.locator('tr:focus-within').boundingBox();
  const head = await page.locator('thead th').first().boundingBox();
  expect(row?.y).toBeGreaterThanOrEqual((head?.y ?? 0) + (head?.height ?? 0) - 1);

  await all.click();
  await bar.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText('Published: 50.')).toBeVisible();
});

for (const device of [desktop, phone]) {
  test(`several pages are taken back, put back and deleted at once, at ${device.viewport?.width} px`, async ({
    staff,
    hillside,
    request,
  }) => {
    await makePages(request, hillside, 10);
    const page = await staff('editor', device);
    await page.goto('/admin/pages?sort=TITLE&q=note');
    await expect(rows(page)).toHaveCount(10);
    const choose = (name: string) => page.getByRole('checkbox', { name: `Choose “${name}”` });
    const bar = page.getByRole('region', { name: 'What is chosen' });
    const status = (name: string) => page.getByRole('row', { name: new RegExp(name) });

    // With the mouse from one to another, and with the keyboard one by one.
    await choose('Note 001').check();
    await choose('Note 003').click({ modifiers: ['Shift'] });
    await expect(bar).toContainText('3 chosen');
    await page.getByRole('link', { name: 'Note 002', exact: true }).focus();
    await page.keyboard.press('x');
    await expect(bar).toContainText('2 chosen');
    await lookAt(page, 'pages-chosen');

    await bar.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(page.getByText('Published: 2.')).toBeVisible();
    await expect(bar).toBeHidden();
    await expect(status('Note 001')).toContainText('Live');
    await expect(status('Note 002')).toContainText('Draft');
    expect((await request.get('/note-003')).status()).toBe(200);

    await choose('Note 001').check();
    await choose('Note 003').check();
    await bar.getByRole('button', { name: 'Unpublish' }).click();
    await expect(status('Note 001')).toContainText('Draft');
    expect((await request.get('/note-003')).status()).toBe(404);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(status('Note 001')).toContainText('Live');
    expect((await request.get('/note-003')).status()).toBe(200);

    if (device === phone) {
      // Right above the rooms, and beside them one still reads.
      await lookAt(page, 'pages-notices');
      const rooms = await page.getByRole('navigation', { name: 'Main' }).boundingBox();
      const notice = await page.getByRole('alert').last().boundingBox();
      const below = (rooms?.y ?? 0) - (notice?.y ?? 0) - (notice?.height ?? 0);
      expect(below).toBeGreaterThanOrEqual(0);
      expect(below).toBeLessThan(12);
      expect(notice?.width).toBeLessThan(300);
      expect(await page.getByRole('alert').count()).toBeLessThanOrEqual(2);
    }
    // On a phone notices lie over the bar until they are put away.
    const notices = page.locator('.mantine-Notification-closeButton');
    while ((await notices.count()) > 0) {
      await notices.first().click();
      await page.waitForTimeout(300);
    }
    // On a phone there is no line of headings; there is a row and the one it reaches to.
    if (device === desktop) await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check();
    else {
      await choose('Note 000').check();
      await choose('Note 009').click({ modifiers: ['Shift'] });
    }
    await expect(bar).toContainText('10 chosen');
    await bar.getByRole('button', { name: 'Move to the trash' }).click();
    await expect(page.getByText('Moved to the trash: 10.')).toBeVisible();
    await expect(rows(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(rows(page)).toHaveCount(10);
    expect((await request.get('/note-003')).status()).toBe(200);
  });
}
