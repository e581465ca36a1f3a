import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { desktop, expectRoomForFingers, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';
import { sendLead, visitor } from './support/visitor';

/* What stands beside a lead's status: who pays, what is done to many at once, and what leaves in a file. */

const lead = (page: Page) => page.getByRole('region', { name: 'Lead', exact: true });
const inbox = (page: Page) => page.getByRole('region', { name: 'Leads' });
const dialog = (page: Page) => page.getByRole('dialog');
const openOnly = async (page: Page) => {
  await page.goto('/admin/leads');
  await inbox(page).getByRole('link', { name: 'S••••• V••••••' }).click();
};

for (const device of [desktop, phone]) {
  const named = device === phone ? 'on a phone' : 'at a desk';

  test(`who pays is written down and shown with the person alone ${named}`, async ({ staff, open, hillside }) => {
    await sendLead(await open({ javaScriptEnabled: false }));
    const page = await staff('admissions', device);
    await openOnly(page);
    const insurance = lead(page).getByRole('region', { name: 'Insurance' });
    await expect(insurance.getByText('Not said').first()).toBeVisible();
    await insurance.getByRole('button', { name: 'Update…' }).click();
    await dialog(page).getByLabel('How far is the check?').selectOption('SELF_PAY');
    await dialog(page).getByLabel('Level of care').selectOption('Detox');
    await dialog(page).getByLabel('Member ID').fill('EVG 5550 4821');
    await lookAt(page, 'insurance-dialog');
    if (device === phone) await expectRoomForFingers(page);
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(insurance.getByText('Detox')).toBeVisible();
    await expect(insurance.getByText('Reveal the person to see the policy.')).toBeVisible();
    await insurance.getByRole('button', { name: 'Estimate given' }).click();
    await expect(insurance.getByText(/^Given (?!again)/)).toBeVisible();
    await page.keyboard.press('r');
    await dialog(page).getByLabel('I am preparing the next step with them.').check();
    await dialog(page).getByRole('button', { name: 'Reveal' }).click();
    await expect(insurance.getByText('4821')).toBeVisible();
    await expect(insurance.getByText('EVG 5550 4821')).toHaveCount(0);
    await lookAt(page, 'insurance');
    await insurance.getByRole('button', { name: 'Show all' }).click();
    await expect(insurance.getByText('EVG 5550 4821')).toBeVisible();
    expect(hillside.log).not.toContain('EVG 5550');
  });
}

test('several leads are selected by keyboard, closed as spam, and had back', async ({ staff, open }) => {
  for (const name of ['Sample Visitor', 'Second Visitor']) {
    await sendLead(await open({ javaScriptEnabled: false }), { ...visitor, name, message: `${name} asks.` });
  }
  const page = await staff('admissions');
  await page.goto('/admin/leads');
  await expect(inbox(page).getByRole('link', { name: 'S••••• V••••••' })).toHaveCount(2);
  for (const box of await inbox(page)
    .getByRole('checkbox', { name: /^Select HS-/ })
    .all())
    await box.check();
  const bar = page.getByRole('region', { name: 'What is selected' });
  await expect(bar.getByText('2 selected')).toBeVisible();
  await lookAt(page, 'bulk');
  await bar.getByRole('button', { name: 'Close as spam' }).click();
  await expect(page.getByText('2 leads closed as spam.')).toBeVisible();
  await expect(inbox(page).getByRole('link', { name: 'S••••• V••••••' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Taken back for 2 leads.')).toBeVisible();
  await expect(inbox(page).getByRole('link', { name: 'S••••• V••••••' })).toHaveCount(2);
});

test('the owner takes leads out in a file that says whose it is, once and on record', async ({ staff, open }) => {
  await sendLead(await open({ javaScriptEnabled: false }), { ...visitor, name: '=Sample Visitor' });
  const page = await staff('owner');
  await page.goto('/admin/leads');
  await page.getByRole('button', { name: 'More with leads' }).click();
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  await dialog(page).getByRole('button', { name: 'Export' }).click();
  await expect(dialog(page).getByLabel('What do you need them for?')).toBeFocused();
  await dialog(page).getByLabel('What do you need them for?').fill('Moving to the new office');
  await lookAt(page, 'export');
  const download = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: 'Export' }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  expect(file).toContain('Moving to the new office');
  expect(file).toContain('42 CFR Part 2');
  expect(file).toContain("'=Sample Visitor");
  expect(file).not.toContain(visitor.message.split('\n')[0]);
  await expect(page.getByText('The file with 1 lead was saved.')).toBeVisible();
});
