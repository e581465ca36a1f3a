import type { BrowserContextOptions, Page } from '@playwright/test';
import { expectNoSidewaysScroll, expectRoomForFingers } from './support/screens';
import { expect, test } from './support/test';
import { fillIn, openForm, send, sendLead, visitor } from './support/visitor';

const withoutScript: BrowserContextOptions = { javaScriptEnabled: false };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const masked = 'S••••• V••••••';
const row = (page: Page) => page.getByRole('region', { name: 'Leads' }).getByRole('link', { name: masked });
const lead = (page: Page) => page.getByRole('region', { name: 'Lead', exact: true });
const heading = (page: Page) => lead(page).getByRole('heading', { level: 2 });
const message = (page: Page) => lead(page).getByRole('region', { name: 'Message' });

/** Nothing the person wrote, wherever on the screen, in the title or in the address. */
const expectMasked = async (page: Page) => {
  const secrets = ['Sample', 'Visitor', '555-0142', '5550142', visitor.email, 'ketamine most days', visitor.insurance];
  const seen = `${await page.content()} ${await page.title()} ${page.url()}`;
  for (const secret of [...secrets, visitor.bestTime]) expect(seen).not.toContain(secret);
};

const reveal = async (page: Page) => {
  await lead(page).getByRole('button', { name: 'Reveal' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Reveal this person' });
  await dialog.getByRole('button', { name: 'Reveal' }).click();
  await expect(dialog.getByText('Choose a reason.')).toBeVisible();
  await dialog.getByRole('radio', { name: 'I am about to answer this person.' }).check();
  await dialog.getByRole('button', { name: 'Reveal' }).click();
  await expect(heading(page)).toHaveText(visitor.name);
};

test('without JavaScript a visitor writes in confidence, and the answer tells nobody what about', async ({ open }) => {
  const page = await open(withoutScript);
  await sendLead(page);
  await expect(page).toHaveURL('/forms/confidential/sent');
  await expect(page).toHaveTitle(/^Thank you/);
  await expect(page.getByRole('main')).toContainText(
    'Your message is with those who answer requests here, and nobody else can read it.',
  );
  await expect(page.getByRole('main').getByRole('link', { name: '988', exact: true })).toBeVisible();
  await expectMasked(page);
});

test('without JavaScript a wrong form lists what to mend, leads there, and keeps what was written', async ({
  open,
  watch,
}) => {
  watch.expects(/422/);
  const page = await open(withoutScript);
  const { form } = await openForm(page);
  await fillIn(form, { ...visitor, phone: '12', email: '' });
  await form.getByLabel('Best way to reach you').selectOption('An e-mail');
  await send(form);

  const summary = page.getByRole('alert');
  await expect(summary).toContainText('Your message is not sent yet.');
  await expect(summary).toBeFocused();
  await expect(summary.getByRole('listitem')).toHaveCount(2);
  const answer = page.getByRole('main');
  await summary.getByRole('link', { name: /^Write the phone number with its area code/ }).click();
  await expect(answer.getByLabel('Phone')).toBeFocused();
  await expect(answer.getByLabel('Phone')).toHaveAttribute('aria-invalid', 'true');
  await expect(answer.getByLabel('Phone')).toHaveAccessibleDescription(/^Write the phone number with its area code/);

  await expect(answer.getByLabel('Your name')).toHaveValue(visitor.name);
  await expect(answer.getByLabel('Phone')).toHaveValue('12');
  await expect(answer.getByRole('textbox', { name: 'Message' })).toHaveValue(visitor.message);
  await expect(answer.getByLabel('Somebody I care about')).toBeChecked();
  await expect(answer.getByLabel('Insurance')).toHaveValue(visitor.insurance);
  await expect(answer.getByLabel('You may leave a voicemail')).not.toBeChecked();
  await expect(answer.getByLabel('You may also send me text messages')).toBeChecked();
  await expect(answer.getByLabel('Best time')).toHaveValue(visitor.bestTime);
  await expect(answer.getByLabel('You may contact me about this request')).toBeChecked();

  await answer.getByLabel('Phone').fill(visitor.phone);
  await answer.getByLabel('Best way to reach you').selectOption('A call');
  await send(answer);
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
});

test('a lead arrives by itself, masked, and is worked to the next step', async ({ staff, open, hillside }) => {
  const page = await staff('admissions');
  await expect(page.getByRole('heading', { name: 'Nobody is waiting' })).toBeVisible();
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });

  await sendLead(await open(withoutScript));
  await expect(row(page)).toBeVisible();
  await expect(row(page)).toContainText('For somebody they love · wants a call');
  await expect(row(page)).toContainText('Ketamine side effects');
  await expect(row(page)).toContainText('New');
  await expect(page.getByText('1 new lead.')).toBeAttached();
  await expect(page).toHaveTitle(/^\(1\) Leads/);
  expect(loads).toBe(0);
  await expectMasked(page);

  await row(page).click();
  await expect(heading(page)).toHaveText(masked);
  await expect(lead(page)).toBeFocused();
  await expect(lead(page).getByText('(•••) •••-••42')).toBeVisible();
  await expect(lead(page).getByText('s•••@•••.com')).toBeVisible();
  await expect(message(page)).toHaveText('The message is shown once you reveal the person.');
  const safety = lead(page).getByRole('note', { name: 'How to reach this person safely' });
  await expect(safety).toContainText('No voicemail. Text is fine. Do not say who is calling.');
  await expect(safety).toContainText('Prefers a call');
  await expect(page).toHaveTitle(/Lead \S+ · Hillside$/);
  await expectMasked(page);

  await reveal(page);
  await expect(lead(page).getByRole('link', { name: 'Call' })).toHaveAttribute('href', 'tel:+17815550142');
  await expect(lead(page).getByRole('link', { name: 'Text' })).toHaveAttribute('href', 'sms:+17815550142');
  await expect(lead(page).getByRole('link', { name: 'E-mail' })).toHaveAttribute('href', `mailto:${visitor.email}`);
  await expect(lead(page).getByText(visitor.phone)).toBeVisible();
  await expect(message(page)).toHaveText(visitor.message.replace('\n', ' '), { useInnerText: false });
  await expect(lead(page).getByText(visitor.insurance)).toBeVisible();
  await expect(safety).toContainText(`Best time: ${visitor.bestTime}`);
  const place = `${await page.title()} ${page.url()}`;
  expect(place).not.toContain('Visitor');

  const today = lead(page).getByRole('region', { name: 'Today' });
  await expect(today.getByText('You revealed the person')).toBeVisible();

  await lead(page).getByRole('button', { name: 'Assign: nobody has it' }).click();
  await page.getByRole('menuitem', { name: 'Assign to me' }).click();
  await expect(lead(page).getByRole('button', { name: 'Assign: you has it' })).toBeVisible();
  await expect(today.getByText('You took it')).toBeVisible();

  await lead(page).getByRole('button', { name: 'Status' }).first().click();
  const status = page.getByRole('dialog', { name: 'Change the status' });
  await status.getByRole('radio', { name: 'Trying to reach' }).check();
  await status.getByRole('button', { name: 'Set to “Trying to reach”' }).click();
  await expect(status).toBeHidden();
  await expect(today.getByText('You changed the status from “New” to “Trying to reach”')).toBeVisible();
  await expect(row(page)).toContainText('Trying to reach');

  await lead(page).getByLabel('Add a note').fill('Called at six, will try again at seven.');
  await lead(page).getByRole('button', { name: 'Save note' }).click();
  await expect(today.getByText('Called at six, will try again at seven.')).toBeVisible();
  await expect(lead(page).getByLabel('Add a note')).toHaveValue('');
  await expect(today.getByRole('listitem')).toHaveCount(5);
  await expect(today.getByRole('listitem').last()).toContainText('Received');

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Leads' }).click();
  await row(page).click();
  await expect(heading(page)).toHaveText(masked);
  await expectMasked(page);
  expect(hillside.log).not.toMatch(/Sample|555-?0142|sample\.visitor|Evergreen/);
});

test('a lead is there by itself, and what came while the server was away once it is back', async ({
  staff,
  open,
  hillside,
  watch,
}) => {
  watch.expects(/ERR_CONNECTION_REFUSED|Failed to fetch|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|WebSocket/);
  const heard: string[] = [];
  const page = await staff('admissions');
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (String(payload).includes('"kind":"CREATED"')) heard.push(String(payload));
    }),
  );
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Nobody is waiting' })).toBeVisible();

  await sendLead(await open(withoutScript));
  await expect(row(page)).toBeVisible();
  // It was told, not found by looking now and then.
  await expect.poll(() => heard.length).toBeGreaterThan(0);

  await hillside.kill();
  await expect(page.getByText(/^Reconnecting; list from/)).toBeVisible({ timeout: 70_000 });
  await hillside.startAgain();
  await sendLead(await open(withoutScript));
  await expect(row(page)).toHaveCount(2, { timeout: 40_000 });
});

test('a reload and the back button show nobody the person again', async ({ staff, open }) => {
  const page = await staff('admissions');
  await sendLead(await open(withoutScript));
  await row(page).click();
  await reveal(page);
  await page.reload();
  await expect(heading(page)).toHaveText(masked);
  await reveal(page);
  await lead(page).getByRole('button', { name: 'Hide' }).click();
  await expect(heading(page)).toHaveText(masked);
  await reveal(page);
  await page.goto('/forms/confidential');
  await page.goBack();
  await expect(heading(page)).toHaveText(masked);
  await expectMasked(page);
});

test('what a colleague does meanwhile is seen, and told before it is overruled', async ({ staff, open }) => {
  const page = await staff('admissions');
  await sendLead(await open(withoutScript));
  await row(page).click();
  await lead(page).getByRole('button', { name: 'Status' }).first().click();
  const status = page.getByRole('dialog', { name: 'Change the status' });
  await status.getByRole('radio', { name: 'Contacted' }).check();

  const colleague = await staff('owner');
  await row(colleague).click();
  await expect(heading(colleague)).toHaveText(masked);
  await colleague.keyboard.press('a');
  await expect(lead(colleague).getByText('You took it')).toBeVisible();

  await status.getByRole('button', { name: 'Set to “Contacted”' }).click();
  await expect(status.getByRole('alert')).toContainText('Not done: this lead changed while you had it open.');
  await expect(status.getByRole('alert')).toContainText('Ona Brooks took it.');
  await expect(status.getByRole('radio', { name: 'Contacted' })).toBeChecked();
  await status.getByRole('button', { name: 'Set to “Contacted”' }).click();
  await expect(status).toBeHidden();
  await expect(lead(colleague).getByText('Ines Haven changed the status from “New” to “Contacted”')).toBeVisible();
});

test('a lead is closed with an outcome by keyboard alone', async ({ staff, open }) => {
  const page = await staff('admissions');
  await sendLead(await open(withoutScript));
  await expect(row(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(lead(page)).toBeFocused();
  await expect(heading(page)).toHaveText(masked);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Close this lead' });
  await expect(dialog.getByRole('radio').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Say how it ended: choose an outcome.')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'Spam' })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(lead(page).getByText('Closed: spam')).toBeVisible();
});

test('the next lead is taken, tried and goes on later, by keyboard alone', async ({ staff, open }) => {
  const page = await staff('admissions');
  await sendLead(await open(withoutScript));
  await expect(row(page)).toContainText(/[0-5]:\d\d left/);

  await page.keyboard.press('t');
  await expect(heading(page)).toHaveText(masked);
  await expect(lead(page)).toBeFocused();
  await expect(lead(page).getByText(/yours until \d+:\d\d; try before then/)).toBeVisible();
  await expect(lead(page).getByText(/^first answer due in \d:\d\d$/)).toBeVisible();
  await page.keyboard.press('z');
  await expect(lead(page).getByRole('alert')).toContainText('Nobody has tried to reach this person yet.');

  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Log a call' });
  await expect(dialog.getByRole('radio', { name: 'Reached' })).toBeFocused();
  await expect(dialog.getByRole('radio', { name: 'Left a voicemail' })).toHaveCount(0);
  await expect(dialog.getByText('Voicemail is not offered: this person did not allow one.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Say what came of the call.')).toBeVisible();
  await expect(dialog.getByText('Say when it goes on.')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'No answer' })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: 'In 1 hour' })).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('radio', { name: 'In 1 hour' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('It rang out.');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(lead(page)).toBeFocused();
  await page.keyboard.press('c');
  await expect(dialog.getByLabel('Note')).toHaveValue('It rang out.');
  await dialog.getByRole('radio', { name: 'No answer' }).press('Space');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  const today = lead(page).getByRole('region', { name: 'Today' });
  await expect(today.getByText('You called: no answer')).toBeVisible();
  await expect(today.getByText('It rang out.')).toBeVisible();
  await expect(today.getByText(/^Goes on (tomorrow )?\d+:\d\d$/)).toBeVisible();
  await expect(today.getByText('You changed the status from “New” to “Trying to reach”')).toBeVisible();
  await expect(lead(page).getByText(/^answered in \d+:\d\d$/)).toBeVisible();
  await expect(row(page)).toContainText(/callback (tomorrow )?\d+:\d\d/);

  const goesOn = await lead(page)
    .getByText(/^goes on /)
    .textContent();
  await page.keyboard.press('u');
  await expect(lead(page).getByText(/^goes on /)).not.toHaveText(goesOn ?? '');
  await expect(row(page)).toContainText('Urgent');
  await page.keyboard.press('F8');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(page)).not.toContainText('Urgent');
  await expect(lead(page).getByText(/^goes on /)).toHaveText(goesOn ?? '');

  await page.keyboard.press('z');
  const snooze = page.getByRole('dialog', { name: 'Snooze this lead' });
  await expect(snooze.getByRole('radio').first()).toBeFocused();
  await snooze.getByRole('radio', { name: 'Tomorrow morning' }).press('Space');
  await page.keyboard.press('Enter');
  await expect(snooze).toBeHidden();
  await expect(row(page)).toContainText('callback tomorrow 9:00');
  await page.keyboard.press('t');
  await expect(page.getByText('Nobody is waiting.')).toBeVisible();
});

test('a call on which a colleague was faster keeps what was written, and is logged after a look', async ({
  staff,
  open,
}) => {
  const page = await staff('admissions');
  await sendLead(await open(withoutScript));
  await row(page).click();
  await expect(heading(page)).toHaveText(masked);
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Log a call' });
  await dialog.getByRole('radio', { name: 'Reached' }).check();
  await dialog.getByLabel('Minutes').fill('300');
  await dialog.getByLabel('Note').fill('They will come on Monday.');

  const colleague = await staff('owner');
  await row(colleague).click();
  await expect(heading(colleague)).toHaveText(masked);
  await colleague.keyboard.press('a');
  await expect(lead(colleague).getByText('You took it')).toBeVisible();

  await dialog.getByRole('button', { name: 'Save the call' }).click();
  await expect(dialog.getByText('Give whole minutes, up to four hours.')).toBeVisible();
  await expect(dialog.getByLabel('Minutes')).toBeFocused();
  await dialog.getByLabel('Minutes').fill('12');
  await dialog.getByRole('button', { name: 'Save the call' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Ona Brooks took it.');
  await dialog.getByRole('button', { name: 'Save the call' }).click();
  await expect(dialog).toBeHidden();
  await expect(lead(colleague).getByText('Ines Haven called: reached (12 min)')).toBeVisible();
  await expect(lead(colleague).getByText('They will come on Monday.')).toBeVisible();
});

test('whoever wrote before is seen, masked, and one leads to the other', async ({ staff, open }) => {
  const page = await staff('admissions');
  await sendLead(await open(withoutScript));
  await row(page).click();
  await expect(heading(page)).toHaveText(masked);
  const first = (await page.title()).match(/Lead (\S+)/)?.[1] ?? '';
  const others = lead(page).getByRole('region', { name: /^Wrote / });
  await expect(others).toHaveCount(0);

  // The same number, by another name and another address.
  await sendLead(await open(withoutScript), { ...visitor, name: 'Sam Vale', email: 'sam.vale@example.com' });
  await expect(others.getByRole('heading')).toHaveText('Wrote again (1)');
  await expect(others.getByText('Same phone number or e-mail.')).toBeVisible();
  // Neither the number nor the address.
  await sendLead(await open(withoutScript), {
    ...visitor,
    name: 'Jo Marsh',
    phone: '(781) 555-0199',
    email: 'jo.marsh@example.com',
  });
  await expect(page.getByText(/^1 new lead\.$/)).toBeAttached();
  await expect(others.getByRole('link')).toHaveCount(1);
  await expect(others.getByRole('link')).toContainText(/S•• V•••.*New/);
  await expectMasked(page);

  await others.getByRole('link').click();
  await expect(lead(page)).toBeFocused();
  await expect(heading(page)).toHaveText('S•• V•••');
  await expect(others.getByRole('heading')).toHaveText('Wrote before (1)');
  await expect(others.getByRole('link')).toContainText(first);
  await expect(others.getByRole('link')).not.toContainText('Urgent');

  const colleague = await staff('owner');
  await row(colleague).first().click();
  await expect(heading(colleague)).toHaveText(masked);
  await colleague.keyboard.press('u');
  await expect(others.getByRole('link')).toContainText('Urgent');
  await others.getByRole('link').press('Enter');
  await expect(heading(page)).toHaveText(masked);
  await page.goBack();
  await expect(heading(page)).toHaveText('S•• V•••');
  await expectMasked(page);
});

test('what somebody takes back is written down by keyboard, and nobody is offered to reach them', async ({
  staff,
  open,
}) => {
  const page = await staff('admissions');
  await sendLead(await open(withoutScript));
  await row(page).click();
  const safety = lead(page).getByRole('note', { name: 'How to reach this person safely' });
  await expect(safety).toContainText('Text is fine.');
  const consent = lead(page).getByRole('region', { name: 'Consent' });
  const more = lead(page).getByRole('button', { name: 'More' });
  const dialog = page.getByRole('dialog', { name: 'Consent taken back' });
  const takeBack = async () => {
    await more.press('Enter');
    await page.getByRole('menuitem', { name: 'Consent taken back…' }).press('Enter');
    await expect(dialog.getByRole('radio').first()).toBeFocused();
  };

  await takeBack();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Say what they took back.')).toBeVisible();
  await dialog.getByRole('radio', { name: 'That they may be sent texts' }).press('Space');
  await expect(dialog.getByText('No texts any more; calls and e-mails stay.')).toBeVisible();
  await dialog.getByLabel('How they said so').fill('By a text: no more of these.');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(more).toBeFocused();
  await expect(safety).toContainText('No texts: they took that back.');
  await expect(consent.getByText(/^taken back \w+ \d+, \d{4}, \d+:\d\d$/)).toBeVisible();
  const today = lead(page).getByRole('region', { name: 'Today' });
  await expect(today.getByText('They took back that they may be sent texts')).toBeVisible();
  await expect(today.getByText('By a text: no more of these.')).toBeVisible();
  await reveal(page);
  await expect(lead(page).getByRole('link', { name: 'Call' })).toBeVisible();
  await expect(lead(page).getByRole('link', { name: 'Text', exact: true })).toHaveCount(0);

  await takeBack();
  await expect(dialog.getByRole('radio')).toHaveCount(1);
  await expect(dialog.getByRole('radio', { name: 'That they may be contacted' })).toBeChecked();
  await expect(dialog.getByLabel('How they said so')).toHaveValue('');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(safety).toContainText('They took their consent back. Do not contact them.');
  await expect(safety).toContainText(/Taken back \w+ \d+, \d{4}, \d+:\d\d/);
  await expect(consent.getByText('Taken back', { exact: true })).toBeVisible();
  for (const way of ['Call', 'Text', 'E-mail']) {
    await expect(lead(page).getByRole('link', { name: way, exact: true })).toHaveCount(0);
  }
  await expect(lead(page).getByRole('button', { name: 'Log a call' })).toHaveCount(0);
  await page.keyboard.press('c');
  await expect(lead(page).getByRole('alert')).toContainText('They took their consent back: do not contact them.');
  await more.click();
  await expect(page.getByRole('menuitem', { name: 'Log a message' })).toHaveCount(0);
  await expect(page.getByText('Nothing is left that they could take back.')).toBeVisible();
});

test('an editor has no room with leads in it', async ({ staff }) => {
  const page = await staff('editor');
  await expect(page).toHaveURL('/admin/pages');
  const rooms = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  const names = ['Pages', 'Therapies', 'Calendar', 'Media', 'Library', 'Redirects', 'Trash', 'Search synonyms'];
  await expect(rooms).toHaveText(names);
  await page.goto('/admin/leads');
  await expect(page.getByRole('heading', { name: 'Leads are not for your role' })).toBeVisible();
});

test('every room leads to every other', async ({ staff }) => {
  const page = await staff('owner');
  await expect(page).toHaveURL('/admin/leads');
  const rooms = page.getByRole('navigation', { name: 'Main' });
  for (const name of ['Pages', 'Leads', 'Therapies', 'Leads', 'Pages']) {
    await rooms.getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  }
});

test('whoever administers sees that leads come, and not who wrote', async ({ staff, open }) => {
  const page = await staff('admin');
  await sendLead(await open(withoutScript));
  await row(page).click();
  await expect(lead(page)).toContainText('your role administers without reading health data');
  await expect(message(page)).toHaveText('Only admissions staff read messages.');
  await expect(lead(page).getByRole('button')).toHaveCount(0);
  await expectMasked(page);
});

test('on a phone the same lead is opened, revealed and moved on with the thumb', async ({ staff, open }) => {
  const page = await staff('admissions', phone);
  await sendLead(await open({ ...withoutScript, ...phone }));
  await row(page).tap();
  await expect(heading(page)).toHaveText(masked);
  await expect(row(page)).toBeHidden();
  const bar = page.getByRole('navigation', { name: 'Actions' });
  await bar.getByRole('button', { name: 'Reveal' }).tap();
  const dialog = page.getByRole('dialog', { name: 'Reveal this person' });
  await dialog.getByRole('radio', { name: 'I am about to answer this person.' }).check();
  await dialog.getByRole('button', { name: 'Reveal' }).tap();
  await expect(heading(page)).toHaveText(visitor.name);
  await expect(bar.getByRole('link', { name: 'Call' })).toHaveAttribute('href', 'tel:+17815550142');
  await bar.getByRole('button', { name: 'Note' }).tap();
  await expect(page.getByLabel('Add a note')).toBeFocused();
  await expect(page.getByLabel('Add a note')).toBeInViewport();
  await bar.getByRole('button', { name: 'Status' }).tap();
  const status = page.getByRole('dialog', { name: 'Change the status' });
  await status.getByRole('radio', { name: 'Contacted' }).check();
  await status.getByRole('button', { name: 'Set to “Contacted”' }).tap();
  await expect(status).toBeHidden();
  await page.getByRole('link', { name: 'Back to the list' }).tap();
  await expect(row(page)).toContainText('Contacted');
  await expectMasked(page);
});

test('on a phone the next lead is taken and a call is logged with the thumb', async ({ staff, open }) => {
  const page = await staff('admissions', phone);
  await sendLead(await open({ ...withoutScript, ...phone }));
  await expect(row(page)).toContainText(/left/);
  await page.getByRole('button', { name: 'Take next' }).tap();
  await expect(heading(page)).toHaveText(masked);
  await expect(page.getByRole('button', { name: 'Take next' })).toBeHidden();
  await expectNoSidewaysScroll(page);
  const bar = page.getByRole('navigation', { name: 'Actions' });
  await bar.getByRole('button', { name: 'Log' }).tap();
  const dialog = page.getByRole('dialog', { name: 'Log a call' });
  await dialog.getByText('Message', { exact: true }).tap();
  const message = page.getByRole('dialog', { name: 'Log a message' });
  await expect(message.getByRole('radio', { name: 'A text' })).toBeVisible();
  await message.getByText('Call', { exact: true }).tap();
  await dialog.getByRole('radio', { name: 'Busy' }).tap();
  await expect(dialog.getByRole('radio', { name: 'In 1 hour' })).toBeChecked();
  await expect(dialog.getByRole('button', { name: 'Save the call' })).toBeInViewport({ ratio: 1 });
  await expectRoomForFingers(page);
  await expectNoSidewaysScroll(page);
  await dialog.getByRole('button', { name: 'Save the call' }).tap();
  await expect(dialog).toBeHidden();
  await expect(lead(page).getByText('You called: busy')).toBeVisible();
  await expect(lead(page).getByText(/^goes on /)).toBeVisible();
  await page.getByRole('link', { name: 'Back to the list' }).tap();
  await expect(row(page)).toContainText(/callback/);
});
