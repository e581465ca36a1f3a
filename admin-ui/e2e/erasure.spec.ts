import type { Page } from '@playwright/test';
import { desktop, expectRoomForFingers, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';
import { sendLead, visitor } from './support/visitor';

const masked = 'S••••• V••••••';
const row = (page: Page, name = masked) =>
  page.getByRole('region', { name: 'Leads' }).getByRole('link', { name, exact: false });
const lead = (page: Page) => page.getByRole('region', { name: 'Lead', exact: true });
const heading = (page: Page) => lead(page).getByRole('heading', { level: 2 });
const more = (page: Page) => lead(page).getByRole('button', { name: 'More', exact: true });
const reason = (page: Page) => page.getByRole('dialog').getByLabel('The reason');

/** With the keyboard alone, as everything in the menu can be. */
const choose = async (page: Page, item: string) => {
  await more(page).press('Enter');
  await page.getByRole('menuitem', { name: item }).press('Enter');
};

for (const device of [desktop, phone]) {
  test(`the owner erases a person for good, at ${device.viewport?.width} px`, async ({ staff, open, hillside }) => {
    await sendLead(await open({ javaScriptEnabled: false }));
    const page = await staff('owner', device);
    await row(page).click();
    await expect(heading(page)).toHaveText(masked);
    const reference = (await page.title()).match(/HS-\S+/)?.[0] ?? '';
    expect(reference).not.toBe('');

    await choose(page, 'Keep for a legal matter…');
    await expect(reason(page)).toHaveAccessibleDescription(/name nobody/);
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
    await expect(reason(page)).toHaveAccessibleDescription(/Say why, in 3 to 200 characters\./);
    await expect(reason(page)).toBeFocused();
    await lookAt(page, 'hold');
    await reason(page).fill('A complaint is being looked into.');
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).press('Enter');
    await expect(lead(page).getByText(/^Kept for a legal matter since /)).toBeVisible();
    await expect(lead(page).getByText('You kept it for a legal matter')).toBeVisible();
    await expect(more(page)).toBeFocused();
    await lookAt(page, 'held');
    await more(page).press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Erase this person…' })).toBeDisabled();
    await expect(page.getByText(/^It is kept for a legal matter: release it first/)).toBeVisible();
    await lookAt(page, 'held-menu');
    await page.keyboard.press('Escape');

    await choose(page, 'Release from the legal matter…');
    await reason(page).fill('The complaint was settled.');
    await page.keyboard.press('Control+Enter');
    await expect(lead(page).getByText(/^Kept for a legal matter since /)).toHaveCount(0);

    await lead(page).getByLabel('Add a note').fill('Half a sentence about them');
    await choose(page, 'Erase this person…');
    const dialog = page.getByRole('dialog', { name: 'Erase this person' });
    const typed = dialog.getByLabel(`Type ${reference} to go on`);
    const erase = dialog.getByRole('button', { name: 'Erase for good' });
    await expect(typed).toBeFocused();
    await expect(erase).toBeDisabled();
    await page.keyboard.type('HS-nobody');
    await page.keyboard.press('Tab');
    await expect(dialog.getByText(`That is not ${reference}.`)).toBeVisible();
    await expect(erase).toBeDisabled();
    await lookAt(page, 'erase');
    if (device === phone) await expectRoomForFingers(page);
    await typed.fill(reference.toLowerCase());
    await page.keyboard.press('Tab');
    await expect(reason(page)).toBeFocused();
    await page.keyboard.type('They asked for it.');
    await lookAt(page, 'erase-ready');
    await page.keyboard.press('Control+Enter');

    const notice = lead(page).getByRole('note').filter({ hasText: 'This person was erased on' });
    await expect(notice).toBeFocused();
    await expect(heading(page)).toHaveText('(erased)');
    await expect(lead(page).getByText('You erased the person')).toBeVisible();
    for (const name of ['Reveal', 'Log a call', 'Status', 'More', 'Save note', /^Assign/]) {
      await expect(lead(page).getByRole('button', { name })).toHaveCount(0);
    }
    await lookAt(page, 'erased');

    // Nothing holds the window: what was half written about them went too.
    await page.reload();
    await expect(notice).toBeVisible();
    await page.goto('/admin/leads?view=ALL');
    await expect(row(page, '(erased)')).toBeVisible();
    await lookAt(page, 'erased-list');
    expect(await page.content()).not.toContain(visitor.email);
    expect(hillside.log).not.toMatch(/Sample|555-?0142|complaint|asked for it/);
  });
}

test('admissions staff keep and erase nobody, and choose no periods', async ({ staff, open }) => {
  await sendLead(await open({ javaScriptEnabled: false }));
  const page = await staff('admissions');
  await row(page).click();
  await more(page).click();
  await expect(page.getByRole('menuitem', { name: 'Consent taken back…' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /legal matter|Erase/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Account of/ }).click();
  await expect(page.getByRole('link', { name: 'Notices' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Retention' })).toHaveCount(0);
  await page.goto('/admin/retention');
  await expect(page.getByRole('heading', { name: 'Retention is not for your role' })).toBeVisible();
});

for (const device of [desktop, phone]) {
  test(`the owner chooses how long leads are kept, at ${device.viewport?.width} px`, async ({ staff }) => {
    const page = await staff('owner', device);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('link', { name: 'Retention' }).click();
    const days = (name: string) => page.getByRole('group', { name: 'Erase after' }).getByLabel(name, { exact: true });
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await expect(days('Spam')).toHaveValue(/^\d+$/);
    await expect(days('Spam')).toHaveAccessibleDescription(/Closed as spam, or looks like it/);
    await expect(page.getByText('Nobody is past their time.')).toBeVisible();
    await lookAt(page, 'retention');
    if (device === phone) await expectRoomForFingers(page);

    await days('Closed').fill('4000');
    await days('Closed').press('Enter');
    await expect(days('Closed')).toHaveAccessibleDescription(/Choose between 1 and 3,650 days\./);
    await expect(days('Closed')).toBeFocused();
    await lookAt(page, 'retention-wrong');
    await days('Closed').fill('400');
    await days('Closed').press('Enter');
    await expect(page.getByText('How long leads are kept was saved.')).toBeVisible();
    await page.reload();
    await expect(days('Closed')).toHaveValue('400');

    const other = await staff('owner');
    await other.goto('/admin/retention');
    await other.getByLabel('Spam', { exact: true }).fill('20');
    await other.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(other.getByText('How long leads are kept was saved.')).toBeVisible();
    await days('Closed').fill('500');
    await save.click();
    await expect(page.getByText('Somebody changed these periods meanwhile')).toBeVisible();
    await lookAt(page, 'retention-conflict');
    await page.getByRole('button', { name: 'Show what is saved' }).click();
    await expect(days('Closed')).toHaveValue('400');
    await expect(days('Spam')).toHaveValue('20');
  });
}

test('the palette leads the owner to the periods', async ({ staff }) => {
  const page = await staff('owner');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('retention');
  await page.getByRole('option', { name: 'Go to Retention' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Retention' })).toBeVisible();
});
