import type { Locator, Page } from '@playwright/test';
import { desktop, expectRoomForFingers, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';
import { sendLead } from './support/visitor';

const lead = (page: Page) => page.getByRole('region', { name: 'Lead', exact: true });

/** Opens what a colleague wrote for somebody else, and says who that is. */
const namePatient = async (page: Page): Promise<void> => {
  await page
    .getByRole('region', { name: 'Leads' })
    .getByRole('link', { name: /^S••••• V••••••/ })
    .click();
  await lead(page).getByRole('button', { name: 'Reveal' }).first().click();
  const reveal = page.getByRole('dialog', { name: 'Reveal this person' });
  await reveal.getByRole('radio', { name: 'I am about to answer this person.' }).press('Space');
  await reveal.getByRole('button', { name: 'Reveal' }).press('Enter');
  await lead(page).getByRole('button', { name: 'Set right…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set right who it is' });
  await dialog.getByRole('radio', { name: 'The patient' }).press('Space');
  await dialog.getByLabel('Name').fill('Sample Brother');
  await dialog.getByLabel('Phone').fill('(781) 555-0143');
  await dialog.getByRole('button', { name: 'Save what is right' }).click();
  await expect(dialog).toHaveCount(0);
};

const openLog = async (page: Page): Promise<Locator> => {
  await page.keyboard.press('c');
  const log = page.getByRole('dialog', { name: 'Log a call' });
  await log.getByRole('radio', { name: 'Who needs help' }).press('Space');
  return log;
};

for (const device of [desktop, phone]) {
  test(`a patient is called once they agreed themself, at ${device.viewport?.width} px`, async ({ staff, open }) => {
    await sendLead(await open({ javaScriptEnabled: false }));
    const page = await staff('owner', device);
    await page.goto('/admin/leads');
    await namePatient(page);
    await expect(lead(page).getByText('They agreed to nothing: do not call or write to them.')).toBeVisible();
    await expect(lead(page).getByRole('link', { name: 'Call the patient' })).toHaveCount(0);

    // Before they agreed, only a call of theirs is offered.
    const refused = await openLog(page);
    await expect(refused.getByText('They agreed to no calls themself')).toBeVisible();
    await expect(refused.getByRole('radio', { name: 'No answer' })).toHaveCount(0);
    await refused.getByRole('button', { name: 'Cancel' }).press('Enter');

    await lead(page).getByRole('button', { name: 'Record a consent given by word…' }).press('Enter');
    const consent = page.getByRole('dialog', { name: 'Consent given by word' });
    await consent.getByRole('radio', { name: 'Who needs help, themself' }).press('Space');
    await expect(consent.getByText(/^You may contact me about this request/)).toBeVisible();
    await consent.getByRole('button', { name: 'They said yes' }).press('Enter');
    await expect(consent.getByText('Choose at least one way.')).toBeVisible();
    await lookAt(page, 'spoken');
    await consent.getByRole('checkbox', { name: 'Calls' }).press('Space');
    await consent.getByRole('button', { name: 'They said yes' }).press('Enter');
    await expect(consent).toHaveCount(0);
    await expect(lead(page).getByText('They agreed themself to: calls.')).toBeVisible();
    await expect(lead(page).getByRole('link', { name: 'Call the patient' })).toHaveAttribute(
      'href',
      'tel:+17815550143',
    );
    await expect(
      lead(page).getByText('The patient agreed by word to be contacted; You read the wording'),
    ).toBeVisible();

    const log = await openLog(page);
    await expect(log.getByRole('radio', { name: 'Voicemail' })).toHaveCount(0);
    await log.getByRole('radio', { name: 'No answer' }).press('Space');
    await log.getByRole('radio', { name: 'In 1 hour' }).press('Space');
    await lookAt(page, 'call-patient');
    await log.getByRole('button', { name: 'Save the call' }).press('Enter');
    await expect(log).toHaveCount(0);
    await expect(lead(page).getByText('You called the patient: no answer')).toBeVisible();

    await lead(page).getByRole('button', { name: 'Show who saw or changed this lead' }).click();
    const access = lead(page).getByRole('region', { name: 'Who looked' });
    // Once to answer, and once more to see what was set right.
    await expect(access.getByText('looked at the person in clear')).toHaveCount(2);
    await expect(access.getByText('I am about to answer this person.')).toBeVisible();
    await access.scrollIntoViewIfNeeded();
    await lookAt(page, 'who-looked');
    if (device === phone) await expectRoomForFingers(page);
  });
}
