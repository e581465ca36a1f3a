import type { Locator, Page, Route } from '@playwright/test';
import { desktop, expectRoomForFingers, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';

/** Somebody made up; the number and the address belong to nobody. */
const caller = { name: 'Quinn de la Cour', phone: '(781) 555-0142', message: 'Asks how soon a bed is free.' };
const masked = 'Q•••• •• •• C•••';

const row = (page: Page) => page.getByRole('region', { name: 'Leads' }).getByRole('link', { name: masked });
const lead = (page: Page) => page.getByRole('region', { name: 'Lead', exact: true });
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'New lead: somebody calls' });
const dropping = (page: Page) => page.getByRole('dialog', { name: 'Lose what you wrote?' });
const save = (dialog: Locator) => dialog.getByRole('button', { name: 'Save the lead' });

const openDialog = async (page: Page): Promise<Locator> => {
  await page.getByRole('button', { name: 'New lead' }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByLabel('Name')).toBeFocused();
  return dialog;
};

const fillIn = async (dialog: Locator) => {
  await dialog.getByLabel('Name').fill(caller.name);
  await dialog.getByLabel('Phone').fill(caller.phone);
  await dialog.getByLabel('What they say').fill(caller.message);
  await dialog.getByRole('checkbox', { name: 'They said yes', exact: true }).check();
};

/** Does that to the next attempt to take a call in; everything else goes its way. */
const atNextAttempt = (page: Page, act: (route: Route) => Promise<void>) => {
  let done = false;
  return page.route('**/admin/graphql', async (route) => {
    if (done || !route.request().postData()?.includes('createLead(')) return route.fallback();
    done = true;
    await act(route);
  });
};

for (const [width, device] of [
  ['at a desk', desktop],
  ['on a phone', phone],
] as const) {
  test(`${width} a call is taken in, and the lead is open, the viewer’s own`, async ({ staff, hillside }) => {
    const page = await staff('admissions', device);
    await expect(page.getByRole('heading', { name: 'Nobody is waiting' })).toBeVisible();
    const dialog = await openDialog(page);
    await expect(dialog.getByRole('note', { name: 'In danger' })).toContainText(/^In danger now: call 911\..* 988\.$/);
    await expect(dialog.getByRole('checkbox', { name: 'They said yes', exact: true })).toHaveAccessibleDescription(
      /^You may contact me about this request in the ways I chose here\./,
    );
    await lookAt(page, 'call');
    if (device === phone) await expectRoomForFingers(page);

    await fillIn(dialog);
    await dialog.getByRole('radio', { name: 'For somebody they love' }).check();
    await dialog.getByLabel('Insurance').fill('not sure');
    await dialog.getByRole('checkbox', { name: 'A voicemail may be left' }).check();
    await expect(dialog.getByRole('checkbox', { name: 'They said yes to texts' })).toHaveCount(0);
    await dialog.getByRole('checkbox', { name: 'Texts are safe' }).check();
    await expect(dialog.getByRole('checkbox', { name: 'They said yes to texts' })).toHaveAccessibleDescription(
      /^You may also send me text messages about this request\./,
    );
    await dialog.getByRole('checkbox', { name: 'They said yes to texts' }).check();
    await dialog.getByRole('radio', { name: 'A text' }).check();
    await dialog.getByLabel('Best time').fill('weekdays after six');
    await expect(save(dialog)).toBeInViewport({ ratio: 1 });
    await lookAt(page, 'call-written');
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.toContain('Quinn');
    await save(dialog).click();

    await expect(dialog).toBeHidden();
    await expect(lead(page)).toBeFocused();
    await expect(lead(page).getByRole('heading', { level: 2, name: masked })).toBeVisible();
    await expect(lead(page).getByText('Contacted', { exact: true }).first()).toBeVisible();
    await expect(lead(page).getByRole('button', { name: 'Assign: you has it' })).toBeVisible();
    await expect(lead(page).getByText('You took the call')).toBeVisible();
    const safety = lead(page).getByRole('note', { name: 'How to reach this person safely' });
    await expect(safety).toContainText('Voicemail is fine. Text is fine. Do not say who is calling.');
    await expect(safety).toContainText('Prefers a text');
    await lookAt(page, 'call-taken');
    if (device === phone) await page.getByRole('link', { name: 'Back to the list' }).click();
    await expect(row(page)).toHaveCount(1);
    await expect(row(page)).toContainText('By telephone');
    await expect(row(page)).toContainText('Contacted');
    await expect(page.getByRole('link', { name: 'Mine' })).toHaveAccessibleName(/1/);
    await lookAt(page, 'call-listed');
    expect(hillside.log).not.toMatch(/Quinn|555-?0142|not sure/);
  });

  test(`${width} what is missing or wrong is told at its field, all at once`, async ({ staff }) => {
    const page = await staff('admissions', device);
    const dialog = await openDialog(page);
    await dialog.getByRole('radio', { name: 'An e-mail' }).check();
    await dialog.getByRole('radio', { name: 'Another time' }).check();
    await dialog.getByLabel('Day and time').fill('');
    await save(dialog).click();
    await expect(dialog.getByLabel('Name')).toBeFocused();
    const said: [Locator, RegExp][] = [
      [dialog.getByLabel('Name'), /Ask what they may be called; a first name is enough\./],
      [dialog.getByLabel('Phone'), /Ask for a phone number or an e-mail address\./],
      [dialog.getByRole('radiogroup', { name: 'What do they like best?' }), /for an e-mail an address\./],
      [dialog.getByLabel('Day and time'), /Say when it goes on with this person\./],
    ];
    for (const [field, why] of said) await expect(field).toHaveAccessibleDescription(why);
    await expect(dialog.getByText(/^Read them the wording and ask whether you may contact them/)).toBeVisible();
    await lookAt(page, 'call-refused');

    await dialog.getByLabel('Name').fill(caller.name);
    await dialog.getByLabel('Phone').fill('12');
    await save(dialog).click();
    await expect(dialog.getByLabel('Phone')).toBeFocused();
    await expect(dialog.getByLabel('Phone')).toHaveAccessibleDescription(/with its area code/);
    await dialog.getByLabel('Phone').fill(caller.phone);
    await dialog.getByRole('radio', { name: 'No preference' }).check();
    await dialog.getByRole('radio', { name: 'In 1 hour' }).check();
    await save(dialog).click();
    await expect(dialog.getByRole('checkbox', { name: 'They said yes', exact: true })).toBeFocused();
    await page.keyboard.press('Space');
    await save(dialog).click();
    await expect(dialog).toBeHidden();
    await expect(lead(page).getByRole('heading', { level: 2, name: masked })).toBeVisible();
  });

  test(`${width} nobody loses what they wrote without being asked`, async ({ staff }) => {
    const page = await staff('admissions', device);
    await page.getByRole('link', { name: 'Mine' }).click();
    await expect(page).toHaveURL(/view=MINE/);
    let dialog = await openDialog(page);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: 'New lead' })).toBeFocused();

    dialog = await openDialog(page);
    await dialog.getByLabel('Name').fill(caller.name);
    await page.keyboard.press('Escape');
    await expect(dropping(page).getByRole('button', { name: 'Go on writing' })).toBeFocused();
    await lookAt(page, 'call-dropping');
    await page.keyboard.press('Escape');
    await expect(dropping(page)).toBeHidden();
    await expect(dialog.getByLabel('Name')).toBeFocused();
    await page.goBack();
    await dropping(page).getByRole('button', { name: 'Go on writing' }).click();
    await expect(page).toHaveURL(/view=MINE/);
    await expect(dialog.getByLabel('Name')).toHaveValue(caller.name);

    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dropping(page).getByRole('button', { name: 'Lose it' }).click();
    await expect(dialog).toBeHidden();
    dialog = await openDialog(page);
    await expect(dialog.getByLabel('Name')).toHaveValue('');
  });

  test(`${width} one call is one lead, however often it is sent`, async ({ staff, watch }) => {
    watch.expects(/ERR_FAILED/);
    const page = await staff('admissions', device);
    const dialog = await openDialog(page);
    await fillIn(dialog);
    await atNextAttempt(page, (route) => route.abort());
    await save(dialog).click();
    await expect(dialog.getByRole('alert')).toContainText('The server cannot be reached.');
    await expect(dialog.getByRole('alert')).toBeInViewport({ ratio: 1 });
    await expect(dialog.getByLabel('What they say')).toHaveValue(caller.message);
    await lookAt(page, 'call-unreachable');

    // It arrives, and the answer is lost.
    await atNextAttempt(page, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await save(dialog).click();
    await expect(dialog.getByRole('alert')).toContainText('The server cannot be reached.');
    await save(dialog).dblclick();
    await expect(dialog).toBeHidden();
    await expect(lead(page).getByRole('heading', { level: 2, name: masked })).toBeVisible();
    if (device === phone) await page.getByRole('link', { name: 'Back to the list' }).click();
    await expect(row(page)).toHaveCount(1);
    await expect(
      page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Open' }),
    ).toHaveAccessibleName(/1/);
  });

  test(`${width} a call is taken in from a view in which it does not stand, and danger is urgent`, async ({
    staff,
  }) => {
    const page = await staff('admissions', device);
    await page.getByRole('link', { name: 'Closed' }).click();
    await expect(page.getByRole('heading', { name: 'None closed yet' })).toBeVisible();
    // By keyboard alone.
    await page.keyboard.press('l');
    const dialog = dialogOf(page);
    await expect(dialog.getByLabel('Name')).toBeFocused();
    await page.keyboard.type(caller.name);
    // Out of habit; it sends nothing.
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type(caller.phone);
    await dialog.getByLabel('What they say').focus();
    await page.keyboard.type('Says: I want to kill myself');
    await expect(dialog.getByText(/^Read them the wording/)).toHaveCount(0);
    await dialog.getByRole('checkbox', { name: 'They said yes', exact: true }).press('Space');
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden();
    await expect(lead(page)).toBeFocused();
    await expect(lead(page).getByText('Urgent', { exact: true })).toBeVisible();
    await expect(page).not.toHaveURL(/view=/);
    if (device === phone) await page.getByRole('link', { name: 'Back to the list' }).click();
    await expect(row(page)).toContainText('Urgent');
    await expect(page.getByText('1 urgent', { exact: true })).toBeVisible();
    await lookAt(page, 'call-urgent');
  });
}

test('what is written after an attempt whose answer was lost is not taken for sent', async ({ staff, watch }) => {
  watch.expects(/ERR_FAILED/);
  const page = await staff('admissions');
  const dialog = await openDialog(page);
  await fillIn(dialog);
  await atNextAttempt(page, async (route) => {
    await route.fetch();
    await route.abort();
  });
  await save(dialog).click();
  await expect(dialog.getByRole('alert')).toContainText('The server cannot be reached.');
  await dialog.getByLabel('What they say').fill('Will come on Monday.');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('alert')).toContainText('It was saved already, as you first sent it.');
  await expect(dialog.getByLabel('What they say')).toHaveValue('Will come on Monday.');
  await lookAt(page, 'call-before');
  await dialog.getByRole('button', { name: 'Open the lead' }).click();
  await expect(lead(page).getByRole('heading', { level: 2, name: masked })).toBeVisible();
  await expect(row(page)).toHaveCount(1);
});

test('without the wording nobody can have said yes to it, and it is asked for again', async ({ staff, watch }) => {
  watch.expects(/503/);
  const page = await staff('admissions');
  await page.route('**/admin/graphql', (route) =>
    route.request().postData()?.includes('leadCallConsents')
      ? route.fulfill({ status: 503, json: { errors: [] } })
      : route.fallback(),
  );
  const dialog = await openDialog(page);
  await expect(dialog.getByText('The wording could not be loaded.')).toBeVisible();
  const yes = dialog.getByRole('checkbox', { name: 'They said yes', exact: true });
  await expect(yes).toBeDisabled();
  await dialog.getByLabel('Name').fill(caller.name);
  await dialog.getByLabel('Phone').fill(caller.phone);
  await save(dialog).click();
  await expect(dialog.getByRole('button', { name: 'Try again' })).toBeFocused();
  await lookAt(page, 'call-no-wording');
  await page.unroute('**/admin/graphql');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await yes.check();
  await save(dialog).click();
  await expect(dialog).toBeHidden();
  await expect(row(page)).toHaveCount(1);
});
