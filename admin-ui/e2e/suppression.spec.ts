import type { Page } from '@playwright/test';
import { desktop, expectRoomForFingers, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';
import { sendLead } from './support/visitor';

const row = (page: Page) => page.getByRole('region', { name: 'Leads' }).getByRole('link', { name: /^S••••• V••••••/ });
const lead = (page: Page) => page.getByRole('region', { name: 'Lead', exact: true });
const safety = (page: Page) => lead(page).getByRole('note', { name: 'How to reach this person safely' });
const more = (page: Page) => lead(page).getByRole('button', { name: 'More', exact: true });

for (const device of [desktop, phone]) {
  test(`who asked not to be contacted is left alone in every lead, at ${device.viewport?.width} px`, async ({
    staff,
    open,
  }) => {
    await sendLead(await open({ javaScriptEnabled: false }));
    await sendLead(await open({ javaScriptEnabled: false }));
    const page = await staff('admissions', device);
    await row(page).first().click();
    await more(page).press('Enter');
    await page.getByRole('menuitem', { name: 'Do not contact…' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Do not contact' });
    await dialog.getByRole('button', { name: 'Do not contact them any more' }).click();
    await expect(dialog.getByText('Say how it is known.')).toBeVisible();
    await lookAt(page, 'suppress');
    await dialog.getByRole('radio', { name: 'They answered STOP to a text' }).press('Space');
    await dialog.getByRole('button', { name: 'Do not contact them any more' }).press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(safety(page)).toContainText('They asked not to be contacted. Do not call or write to them.');
    await expect(
      lead(page).getByText(/wrote down that they are not to be contacted: they answered stop/),
    ).toBeVisible();
    await lookAt(page, 'suppressed');
    if (device === phone) await expectRoomForFingers(page);

    // The other lead is open, and only their own call is written down.
    await page.goto('/admin/leads');
    await row(page).first().click();
    await expect(safety(page)).toContainText('They asked not to be contacted.');
    await page.keyboard.press('c');
    const log = page.getByRole('dialog', { name: 'Log a call' });
    await expect(log.getByText('only a call of theirs is written down here')).toBeVisible();
    await expect(log.getByRole('radio', { name: 'No answer' })).toHaveCount(0);
    await lookAt(page, 'inbound');
    await log.getByRole('radio', { name: 'In 1 hour' }).press('Space');
    await log.getByRole('button', { name: 'Save the call' }).press('Enter');
    await expect(lead(page).getByText(/^They called, and You spoke with them/i)).toBeVisible();

    await safety(page).getByRole('button', { name: 'Lift…' }).click();
    const lift = page.getByRole('dialog', { name: 'Contact them again' });
    await lift.getByLabel('The reason').fill('They asked us to call.');
    await lift.getByRole('button', { name: 'Lift it' }).click();
    await expect(safety(page)).not.toContainText('They asked not to be contacted');
  });
}
