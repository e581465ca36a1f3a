import type { Page } from '@playwright/test';
import { expect } from './test';

/** The demo's reference page, which has nearly every kind of block. */
export const article = 'Ketamine side effects: what to know about safe use, misuse and help';

export const title = (page: Page) => page.getByRole('textbox', { name: 'Title', exact: true });

/** What the editor says of saving. */
export const state = (page: Page) => page.getByRole('main').getByRole('status').filter({ hasText: /sav/i });

export const openArticle = async (page: Page) => {
  await page.goto('/admin/pages');
  await page.getByRole('link', { name: article }).click();
  await expect(
    title(page)
      .or(page.getByRole('heading', { level: 1, name: article }))
      .first(),
  ).toBeVisible();
};

export const saveNow = async (page: Page) => {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(state(page)).toHaveText(/^Saved/);
};
