import type { Page } from '@playwright/test';
import { saveNow, title } from './support/article';
import { expectAccessible } from './support/axe';
import { landscape } from './support/picture';
import { desktop, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';

const file = (name: string, sun: number, width = 1200, height = 800) => ({
  name,
  mimeType: 'image/png',
  buffer: landscape(width, height, sun),
});

const tile = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Pictures' }).getByRole('button', { name: new RegExp(`^${name}`) });
const panel = (page: Page) => page.getByRole('complementary', { name: 'About this picture' });
const point = (page: Page) => panel(page).getByRole('button', { name: /^Focal point/ });

const choose = async (page: Page, button: string, files: ReturnType<typeof file>[]) => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button, exact: true }).click();
  await (await chooser).setFiles(files);
};

test('a picture is brought, described, shown on a page, and replaced wherever it is', async ({
  staff,
  hillside,
  watch,
}) => {
  watch.expects(/422.*\/admin\/media/);
  const page = await staff('editor', desktop);
  await page.goto('/admin/media');
  await expect(tile(page, 'valley.jpg')).toBeVisible();
  await lookAt(page, 'media');

  // Two at once, and one that is none.
  await choose(page, 'Choose pictures', [
    file('dawn.png', 0.3),
    file('dusk.png', 0.8),
    { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') },
  ]);
  const files = page.getByRole('region', { name: 'Files being added' });
  await expect(files.getByRole('status')).toHaveText('2 of 3 added, 1 could not be');
  await expect(files.getByText('Choose a JPEG, PNG, WebP or GIF file.')).toBeVisible();
  await expect(tile(page, 'dawn.png')).toBeVisible();
  await expect(tile(page, 'dusk.png')).toBeVisible();
  await lookAt(page, 'media-uploads');
  await files.getByRole('button', { name: 'Clear the list' }).click();
  await expect(files).toBeHidden();

  // The focal point, by pointer and by keyboard; the crops follow at once.
  await tile(page, 'dawn.png').click();
  await expect(page).toHaveURL(/open=med_/);
  const picture = panel(page).locator('img').first();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const box = await picture.boundingBox();
  if (box === null) throw new Error('the picture is not drawn');
  await page.mouse.click(box.x + box.width * 0.3, box.y + box.height * 0.32);
  await expect(point(page)).toHaveAccessibleName('Focal point: 30 % from the left, 32 % from above');
  await point(page).focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await expect(point(page)).toHaveAccessibleName('Focal point: 20 % from the left, 31 % from above');
  await panel(page).getByLabel('Tags').fill('outside');
  await page.keyboard.press('Enter');
  await panel(page).getByLabel('Credit').fill('Edda Field');
  await panel(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(panel(page).getByRole('button', { name: 'Save', exact: true })).toBeHidden();
  await lookAt(page, 'media-panel');
  await expect(panel(page).getByRole('alert')).toHaveCount(0);
  await page.reload();
  await expect(point(page)).toHaveAccessibleName('Focal point: 20 % from the left, 31 % from above');
  await page.getByRole('combobox', { name: 'Tag', exact: true }).selectOption('outside');
  await expect(page.getByRole('list', { name: 'Pictures' }).getByRole('listitem')).toHaveCount(1);

  // On a page: chosen in the editor, where it is said what it shows.
  await page.goto('/admin/pages');
  await page.getByRole('button', { name: 'New page' }).click();
  await page.getByRole('dialog').getByLabel('Title').fill('Where we are');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await expect(title(page)).toHaveValue('Where we are');
  await page.getByRole('button', { name: 'Add a block', exact: true }).click();
  await page.getByRole('option', { name: /^Picture/ }).click();
  await page.getByRole('button', { name: 'Choose a picture', exact: true }).click();
  const picker = page.getByRole('dialog', { name: 'Choose a picture' });
  await picker.getByRole('searchbox', { name: 'Search pictures' }).fill('dawn');
  await expect(picker.getByRole('listitem')).toHaveCount(1);
  await picker.getByRole('button', { name: /^dawn\.png/ }).click();
  await lookAt(page, 'media-picker');
  await picker.getByRole('button', { name: 'Use this picture' }).click();
  await expect(picker).toBeHidden();
  await page.getByRole('radiogroup', { name: 'Shape' }).getByText('Square').click();
  await page.getByLabel('Caption').fill('The valley at dawn.');
  await saveNow(page);
  await lookAt(page, 'media-field');
  await page.getByRole('button', { name: 'Publish page', exact: true }).click();
  const publish = page.getByRole('dialog', { name: /^Publish/ });
  await expect(publish.getByText(/“dawn\.png” has no alternative text/)).toBeVisible();
  await expect(publish.getByRole('button', { name: 'Publish now' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.getByLabel('Alternative text', { exact: true }).fill('Hills in three greens beneath a low sun');
  await page.getByRole('group', { name: 'Picture' }).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Nothing with this picture can be published')).toBeHidden();
  await page.getByRole('button', { name: 'Publish page', exact: true }).click();
  await publish.getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByRole('dialog', { name: 'It is live' })).toBeVisible();
  await page.keyboard.press('Escape');

  const site = await page.context().newPage();
  await site.goto('/where-we-are');
  const shown = site.getByRole('img', { name: 'Hills in three greens beneath a low sun' });
  await expect(shown).toBeVisible();
  const drawn = () =>
    shown.evaluate((image: HTMLImageElement) => ({
      loaded: image.complete && image.naturalWidth > 0,
      square: image.naturalWidth === image.naturalHeight,
      from: image.currentSrc,
    }));
  // Made now, for whoever asks first.
  await expect.poll(async () => (await drawn()).loaded, { timeout: 30_000 }).toBe(true);
  const before = await drawn();
  expect(before.square).toBe(true);
  expect(before.from).toMatch(/\/media\/[0-9a-f]{64}\/\d+-1x1-20-31\.avif$/);
  await expect(site.getByText('Edda Field')).toBeVisible();
  await expectAccessible(site);
  await site.screenshot({ path: 'e2e/__shots__/media-site-1440-light.png' });

  // Replaced: the id and the text stay, the page shows the new file.
  await page.goto('/admin/media');
  await tile(page, 'dawn.png').click();
  await expect(panel(page).getByRole('link', { name: 'Where we are' })).toBeVisible();
  await expect(panel(page).getByRole('button', { name: 'Move to the trash' })).toBeDisabled();
  await choose(page, 'Replace the file', [file('noon.png', 0.5)]);
  await expect(page.getByText('The new file is shown wherever the picture is.')).toBeVisible();
  await expect(panel(page).getByRole('heading', { name: 'noon.png' })).toBeVisible();
  await expect(panel(page).getByLabel('Alternative text')).toHaveValue('Hills in three greens beneath a low sun');
  await site.reload();
  await expect.poll(async () => (await drawn()).loaded, { timeout: 30_000 }).toBe(true);
  const after = await drawn();
  expect(after.from).not.toBe(before.from);
  expect(after.from).toMatch(/-1x1-50-50\.avif$/);
  // Whoever has the old address still gets the old picture.
  expect((await site.request.get(before.from)).status()).toBe(200);
  expect(hillside.log).not.toContain('panicked');
});

test('what is pasted and dropped arrives, and what nothing uses can be thrown away and put back', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await page.goto('/admin/media');
  await expect(tile(page, 'valley.jpg')).toBeVisible();
  const bring = (kind: 'paste' | 'drop', name: string, bytes: Buffer) =>
    page.evaluate(
      ([how, called, base64]) => {
        const binary = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([binary], called, { type: 'image/png' }));
        const target = document.querySelector('[aria-label="Pictures"]');
        const event =
          how === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
        target?.dispatchEvent(event);
      },
      [kind, name, bytes.toString('base64')] as const,
    );
  await bring('paste', 'pasted.png', landscape(300, 200, 0.2));
  await expect(tile(page, 'pasted.png')).toBeVisible();
  await bring('drop', 'dropped.png', landscape(300, 200, 0.6));
  await expect(tile(page, 'dropped.png')).toBeVisible();

  await page.getByRole('button', { name: 'Not used', exact: true }).click();
  await expect(page).toHaveURL(/view=unused/);
  await expect(tile(page, 'valley.jpg')).toBeHidden();
  await tile(page, 'dropped.png').click();
  await panel(page).getByRole('button', { name: 'Move to the trash' }).click();
  await expect(tile(page, 'dropped.png')).toBeHidden();
  await expect(page.getByText('“dropped.png” is in the trash, for 30 days.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(tile(page, 'dropped.png')).toBeVisible();

  await tile(page, 'dropped.png').click();
  await panel(page).getByRole('button', { name: 'Move to the trash' }).click();
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await page.getByRole('button', { name: /^Put back dropped\.png/ }).click();
  await expect(page.getByText('The trash is empty')).toBeVisible();
  await page.getByRole('button', { name: 'Show all pictures' }).click();
  await expect(tile(page, 'dropped.png')).toBeVisible();
});

test('the library is read by those who do not write, and used with a thumb', async ({ staff }) => {
  const reader = await staff('reviewer', desktop);
  await reader.goto('/admin/media');
  await tile(reader, 'valley.jpg').click();
  await expect(panel(reader).getByText('A path leads through green hills')).toBeVisible();
  await expect(reader.getByRole('button', { name: 'Choose pictures' })).toBeHidden();
  await expect(panel(reader).getByRole('button', { name: /Replace|trash|Save/ })).toHaveCount(0);
  await lookAt(reader, 'media-reader');

  const page = await staff('editor', phone);
  await page.goto('/admin/media');
  await expect(tile(page, 'valley.jpg')).toBeVisible();
  await lookAt(page, 'media');
  await tile(page, 'valley.jpg').click();
  await expect(panel(page).getByRole('link', { name: /^Ketamine side effects/ })).toBeVisible();
  await lookAt(page, 'media-panel');
  await panel(page).getByRole('button', { name: 'Close the picture' }).click();
  await expect(panel(page)).toBeHidden();
});
