import type { Locator, Page } from '@playwright/test';
import { desktop, expectRoomForFingers, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';
import { sendLead, visitor } from './support/visitor';

const masked = 'S•• V•••';
/** The same number, by another name and another address. */
const again = { ...visitor, name: 'Sam Vale', email: 'sam.vale@example.com', message: 'I wrote this morning too.' };

const lead = (page: Page) => page.getByRole('region', { name: 'Lead', exact: true });
const heading = (page: Page) => lead(page).getByRole('heading', { level: 2 });
const row = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Leads' }).getByRole('link', { name, exact: false });
const card = (page: Page) => lead(page).getByRole('region', { name: /^Wrote / });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Is this one person?' });
const timeline = (page: Page) => lead(page).getByRole('region', { name: 'Today' });
const strip = (page: Page) => lead(page).getByRole('note').filter({ hasText: 'Brought together with' });
const referenceOf = async (page: Page) => (await page.title()).match(/HS-\S+/)?.[0] ?? '';

/** Writes a note on the lead that came first, then opens the other; answers what both are called. */
const opened = async (page: Page): Promise<{ stays: string; goes: string }> => {
  await row(page, 'S••••• V••••••').click();
  await expect(heading(page)).toHaveText('S••••• V••••••');
  await lead(page).getByLabel('Add a note').fill('Her sister called.');
  await lead(page).getByRole('button', { name: 'Save note' }).click();
  await expect(timeline(page).getByText('Her sister called.')).toBeVisible();
  const goes = await referenceOf(page);
  await card(page).getByRole('link').click();
  await expect(heading(page)).toHaveText(masked);
  return { stays: await referenceOf(page), goes };
};

const showBoth = async (page: Page) => {
  await card(page)
    .getByRole('button', { name: /^Same person…/ })
    .click();
  await dialog(page).getByLabel('Why do you look at both?').fill('Is it one person?');
  await dialog(page).getByRole('button', { name: 'Show both' }).click();
  await expect(dialog(page).getByText(visitor.name)).toBeVisible();
};

for (const device of [desktop, phone]) {
  test(`two leads of one person become one, and two again, at ${device.viewport?.width} px`, async ({
    staff,
    open,
    hillside,
  }) => {
    await sendLead(await open({ javaScriptEnabled: false }));
    await sendLead(await open({ javaScriptEnabled: false }), again);
    const page = await staff('admissions', device);
    const { stays, goes } = await opened(page);
    await lookAt(page, 'merge-card');

    await card(page)
      .getByRole('button', { name: `Same person… ${goes}` })
      .press('Enter');
    const why = dialog(page).getByLabel('Why do you look at both?');
    await expect(why).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(why).toHaveAccessibleDescription(/Say why, in 3 to 200 characters\./);
    await expect(why).toBeFocused();
    await lookAt(page, 'merge-why');
    expect(await dialog(page).textContent()).not.toContain(visitor.name);
    await page.keyboard.type('Is it one person?');
    await page.keyboard.press('Enter');

    const first = dialog(page).getByRole('region', { name: `${stays} stays` });
    const second = dialog(page).getByRole('region', { name: `${goes} is closed` });
    await expect(first).toContainText(again.name);
    await expect(first).toContainText('(781) 555-0142same');
    await expect(first).toContainText(again.message);
    await expect(second).toContainText(visitor.name);
    await expect(second).toContainText(visitor.email);
    await expect(second.getByText('same', { exact: true })).toHaveCount(1);
    await expect(dialog(page).getByRole('textbox')).toHaveCount(0);
    await expect(dialog(page)).toContainText(`${goes} is closed as a duplicate; work goes on in ${stays}.`);
    const [left, right] = [await first.boundingBox(), await second.boundingBox()];
    if (device === phone) expect(right?.y).toBeGreaterThan((left?.y ?? 0) + (left?.height ?? 0));
    else expect(right?.y).toBe(left?.y);
    await lookAt(page, 'merge-both');
    if (device === phone) await expectRoomForFingers(page);

    // A second tab, on the one that goes.
    const other = await staff('owner');
    await other.goto('/admin/leads?view=ALL');
    await row(other, 'S••••• V••••••').click();
    await expect(lead(other).getByRole('button', { name: 'Status' })).toBeVisible();

    const submit = dialog(page).getByRole('button', { name: 'Merge the two' });
    await submit.focus();
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByText(`${goes} was merged into ${stays}.`)).toBeVisible();
    await expect(card(page)).toContainText('Merged into this lead');
    await expect(card(page)).toContainText('Closed');
    await expect(card(page).getByRole('button', { name: `Take apart ${goes}` })).toBeFocused();
    await expect(timeline(page).getByText(`You brought it together with ${goes}`)).toHaveCount(1);
    const note = timeline(page).getByRole('listitem').filter({ hasText: 'Her sister called.' });
    await expect(note.getByText(goes, { exact: true })).toBeVisible();
    await lookAt(page, 'merged');

    await expect(strip(other).getByRole('link', { name: stays })).toBeVisible();
    await expect(lead(other).getByRole('button', { name: 'Status' })).toHaveCount(0);
    await expect(lead(other).getByText('Ines Haven brought it together with')).toBeVisible();

    // It is so after a reload too.
    await page.reload();
    await expect(card(page)).toContainText('Merged into this lead');
    await timeline(page).getByRole('link', { name: goes }).click();
    await expect(heading(page)).toHaveText('S••••• V••••••');
    await expect(strip(page).getByRole('link', { name: stays })).toBeVisible();
    for (const name of ['Status', 'Log', 'Log a call']) {
      await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
    }
    await expect(note.getByText(goes, { exact: true })).toHaveCount(0);
    await page.keyboard.press('s');
    await expect(lead(page).getByRole('alert')).toContainText(`This lead was brought together with ${stays}.`);
    await lookAt(page, 'merged-strip');
    if (device === phone) await expectRoomForFingers(page);
    await strip(page).getByRole('button', { name: 'Take apart' }).press('Enter');
    await expect(strip(page)).toHaveCount(0);
    await expect(lead(page).getByRole('region', { name: 'Contact' })).toBeFocused();
    await expect(lead(page).getByText(`You took it apart from ${stays} again`)).toBeVisible();
    await expect(strip(other)).toHaveCount(0);
    await expect(lead(other).getByRole('button', { name: 'Status' })).toBeVisible();

    await card(page).getByRole('link').click();
    await expect(heading(page)).toHaveText(masked);
    await expect(card(page).getByRole('button', { name: `Same person… ${goes}` })).toBeVisible();
    await expect(timeline(page).getByText('Her sister called.')).toHaveCount(0);
    expect(hillside.log).not.toMatch(/Sample|Vale|555-?0142|one person\?/);
  });
}

test('what was merged by mistake is undone at once, and from the card', async ({ staff, open }) => {
  await sendLead(await open({ javaScriptEnabled: false }));
  await sendLead(await open({ javaScriptEnabled: false }), again);
  const page = await staff('admissions');
  const { goes } = await opened(page);
  await showBoth(page);
  await dialog(page).getByRole('button', { name: 'Merge the two' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText(`${goes} stands for itself again.`)).toBeVisible();
  await expect(card(page).getByRole('button', { name: /^Same person…/ })).toBeVisible();
  await expect(timeline(page).getByText('Her sister called.')).toHaveCount(0);

  await showBoth(page);
  await dialog(page).getByRole('button', { name: 'Merge the two' }).click();
  await expect(timeline(page).getByText('Her sister called.')).toBeVisible();
  await card(page)
    .getByRole('button', { name: /^Take apart/ })
    .click();
  await expect(card(page).getByRole('button', { name: /^Same person…/ })).toBeFocused();
  await expect(timeline(page).getByText('Her sister called.')).toHaveCount(0);
});

/** What must be known before somebody is qualified. */
const sayWhoPays = async (page: Page) => {
  await lead(page).getByRole('button', { name: 'Update…' }).click();
  const insurance = page.getByRole('dialog', { name: 'Insurance and level of care' });
  await insurance.getByLabel('How far is the check?').selectOption('Pays themselves');
  await insurance.getByLabel('Level of care').selectOption('Residential');
  await insurance.getByRole('button', { name: 'Save' }).click();
  await expect(insurance).toBeHidden();
};

const sayWhenTheyCome = async (status: Locator) => {
  const tomorrow = new Date(Date.now() + 24 * 3_600_000);
  await status.getByLabel('When?').fill(tomorrow.toISOString().slice(0, 16));
  await status.getByLabel('How do they get there?').fill('A sister drives.');
};

test('who was admitted meanwhile stays what they are, and a colleague’s change is told', async ({ staff, open }) => {
  await sendLead(await open({ javaScriptEnabled: false }));
  await sendLead(await open({ javaScriptEnabled: false }), again);
  const page = await staff('admissions');
  const { goes } = await opened(page);
  await showBoth(page);

  const colleague = await staff('owner');
  await row(colleague, 'S••••• V••••••').click();
  const status = colleague.getByRole('dialog', { name: 'Change the status' });
  for (const name of ['Contacted', 'Qualified', 'Scheduled', 'Admitted']) {
    await expect(heading(colleague)).toHaveText('S••••• V••••••');
    if (name === 'Qualified') await sayWhoPays(colleague);
    await lead(colleague).getByRole('button', { name: 'Status' }).first().click();
    await status.getByRole('radio', { name, exact: true }).check();
    if (name === 'Scheduled') await sayWhenTheyCome(status);
    await status.getByRole('button', { name: `Set to “${name}”` }).click();
    await expect(status).toBeHidden();
  }

  const submit = dialog(page).getByRole('button', { name: 'Merge the two' });
  await submit.click();
  const alert = dialog(page).getByRole('alert');
  await expect(alert).toContainText('Not done: this lead changed while you had it open.');
  await expect(alert).toContainText(`${goes}: Ona Brooks changed the status from “Scheduled” to “Admitted”.`);
  await lookAt(page, 'merge-conflict');
  await submit.click();
  await expect(alert).toContainText(`${goes} is admitted and stays what it is.`);
  await page.keyboard.press('Escape');
  await expect(card(page)).toContainText('Admitted');
  await expect(card(page).getByRole('button')).toHaveCount(0);
});
