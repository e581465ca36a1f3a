import type { Page } from '@playwright/test';
import { openArticle } from './support/article';
import { desktop, lookAt } from './support/screens';
import { expect, test } from './support/test';

const blocks = (page: Page) => page.getByRole('list', { name: 'Blocks' }).locator('> li');
const keys = (page: Page) => blocks(page).evaluateAll((all) => all.map((each) => each.id));
const name = (page: Page, nth: number) => blocks(page).nth(nth).locator('[data-block-name]');
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
});
