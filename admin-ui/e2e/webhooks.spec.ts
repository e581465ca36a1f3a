import type { Locator, Page } from '@playwright/test';
import { isSigned, Receiver } from './support/receiver';
import { desktop, lookAt, phone } from './support/screens';
import { editorAsks } from './support/staffApi';
import { test as base, expect } from './support/test';
import { sendLead, visitor } from './support/visitor';

const test = base.extend<{ receiver: Receiver }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  receiver: async ({}, use) => {
    const receiver = await Receiver.start();
    await use(receiver);
    await receiver.stop();
  },
});

// The receiver is at home, where messages go only when the operator says so.
test.use({ settings: { HILLSIDE_WEBHOOKS_PRIVATE: 'on' } });

const dialog = (page: Page): Locator => page.getByRole('dialog');
const messages = (page: Page): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name: /^Resend: / }) });

const addWebhook = async (page: Page, url: string, description = '') => {
  await page.goto('/admin/settings/webhooks');
  await page.getByRole('button', { name: 'New webhook' }).click();
  await dialog(page).getByRole('textbox', { name: 'Address' }).fill(url);
  await dialog(page).getByRole('textbox', { name: 'What it is for' }).fill(description);
  await dialog(page).getByRole('button', { name: 'Create webhook' }).click();
  await expect(page.getByRole('heading', { name: 'Signing secret' })).toBeVisible();
};

const shownSecret = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  return (await page.getByText(/^whsec_[\w+/=]+$/).textContent()) ?? '';
};

for (const device of [desktop, phone]) {
  test(`a front end is told what is published, at ${device.viewport?.width} px`, async ({
    staff,
    request,
    hillside,
    receiver,
  }) => {
    const page = await staff('owner', device);
    await page.goto('/admin/settings/webhooks');
    await expect(page.getByText(/^A webhook tells another server/)).toContainText('Standard Webhooks');
    await lookAt(page, 'webhooks-empty');
    await page.getByRole('button', { name: 'New webhook' }).click();
    await dialog(page).getByRole('textbox', { name: 'Address' }).fill('www.example.org');
    await dialog(page).getByRole('button', { name: 'Create webhook' }).click();
    await expect(dialog(page).getByText(/^Write a whole address/)).toBeVisible();
    await lookAt(page, 'webhook-refused');
    await page.keyboard.press('Escape');

    await addWebhook(page, receiver.url, 'Rebuilds the public site');
    await expect(page.getByText('It was told nothing yet.')).toBeVisible();
    await expect(page.getByText(/whsec_\w/)).toBeHidden();
    await lookAt(page, 'webhook-new');
    await page.getByRole('button', { name: 'Send a test' }).click();
    await expect(messages(page)).toContainText(['Test']);
    await expect(messages(page).first()).toContainText('Taken');
    await expect(messages(page).first()).toContainText('HTTP 204 · 1 try');

    const asks = await editorAsks(request, hillside);
    const create =
      'mutation ($input: CreatePageInput!) { createPage(input: $input) { page { id draft { id } } userErrors { message } } }';
    const publish = 'mutation ($input: PublishInput!) { publishPage(input: $input) { userErrors { message } } }';
    const content = { title: 'Listening', summary: 'How we listen.', blocks: [] };
    const made = (await asks(create, { input: { slug: 'listening', content } })).createPage;
    expect(made.userErrors).toEqual([]);
    const input = { id: made.page.id, revision: made.page.draft.id };
    expect((await asks(publish, { input })).publishPage.userErrors).toEqual([]);
    await expect.poll(() => receiver.messages.length, { timeout: 6_000 }).toBe(2);
    const [, told] = receiver.messages;
    expect(JSON.parse(told?.body ?? '')).toMatchObject({ type: 'content.changed', data: { paths: ['/listening'] } });

    const row = messages(page).first();
    await expect(row).toContainText('Content changed', { timeout: 20_000 });
    await expect(row).toContainText(/\/listening · \d+ tags/);
    await row.getByRole('button', { name: /^Content changed, .*: what was sent$/ }).click();
    await expect(page.getByRole('region', { name: 'Body' })).toContainText('"content.changed"');
    const secret = await shownSecret(page);
    for (const message of receiver.messages) expect(isSigned(message, secret)).toBe(true);
    await lookAt(page, 'webhook');

    await page.getByRole('button', { name: 'Make anew…' }).click();
    await expect(dialog(page).getByText(/every message is signed with both/)).toBeVisible();
    await lookAt(page, 'webhook-renew');
    await dialog(page).getByRole('button', { name: 'Make it anew' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByText(secret)).toBeHidden();
    const renewed = (await page.getByText(/^whsec_[\w+/=]+$/).textContent()) ?? '';
    await row.getByRole('button', { name: /^Resend: / }).click();
    await expect.poll(() => receiver.messages.length).toBe(3);
    const again = receiver.messages[2];
    expect(again?.headers['webhook-id']).toBe(told?.headers['webhook-id']);
    // For a day by either, so that the receiver can be given the new one in peace.
    for (const either of [renewed, secret]) expect(again !== undefined && isSigned(again, either)).toBe(true);
    expect(renewed).not.toBe(secret);

    await page.getByRole('button', { name: 'Change…' }).click();
    await dialog(page).getByRole('switch', { name: 'Tell it what changes' }).click();
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('It is told nothing at present.')).toBeVisible();
    await page.goto('/admin/settings/webhooks');
    const line = page.getByRole('row', { name: /Rebuilds the public site/ });
    await expect(line).toContainText('Off');
    await expect(line).toContainText('Taken');
    await lookAt(page, 'webhooks');
    await line.getByRole('link').click();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await expect(dialog(page).getByText(/is told nothing more/)).toBeVisible();
    await dialog(page).getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('heading', { name: 'No webhooks yet' })).toBeVisible();
  });
}

test('what a receiver did not take is shown with its error, and is sent again', async ({ staff, receiver }) => {
  receiver.answers = 500;
  const page = await staff('owner');
  await addWebhook(page, receiver.url);
  await page.getByRole('button', { name: 'Send a test' }).click();
  const row = messages(page).first();
  // The second try comes by itself; the third would take five minutes.
  await expect(row).toContainText('2 tries', { timeout: 20_000 });
  await expect(row).toContainText('Waiting');
  await expect(row).toContainText(/next try at \d/);
  await expect(row).toContainText('HTTP 500');
  await expect(row).toContainText('It answered 500 Internal Server Error');
  await lookAt(page, 'webhook-waiting');
  receiver.answers = 200;
  await row.getByRole('button', { name: /^Resend: Test/ }).click();
  await expect(row).toContainText('Taken');
  await expect(row).toContainText('HTTP 200 · 1 try');

  receiver.answers = 410;
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(messages(page)).toHaveCount(2);
  await expect(messages(page).first()).toContainText('Given up');
  await expect(page.getByText(/^It was switched off because its receiver answered 410/)).toBeVisible();
});

test('a receiver that asks for it is told that somebody wrote, and not who', async ({ staff, open, receiver }) => {
  const page = await staff('owner');
  await addWebhook(page, receiver.url);
  await page.getByRole('button', { name: 'Change…' }).click();
  await dialog(page).getByRole('checkbox', { name: 'The public site changes' }).uncheck();
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(dialog(page).getByText('Choose at least one thing that this address is told of.')).toBeVisible();
  await dialog(page).getByRole('checkbox', { name: 'Somebody writes' }).check();
  await lookAt(page, 'webhook-topics');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await expect(dialog(page)).toBeHidden();

  await sendLead(await open({ javaScriptEnabled: false }));
  await expect.poll(() => receiver.messages.length, { timeout: 20_000 }).toBe(1);
  const [told] = receiver.messages;
  expect(JSON.parse(told?.body ?? '')).toMatchObject({
    type: 'lead.received',
    data: { reference: expect.stringMatching(/^HS-/) },
  });
  for (const own of [visitor.name, visitor.email, '555', 'ketamine']) expect(told?.body).not.toContain(own);
  await expect(messages(page).first()).toContainText('Lead received', { timeout: 20_000 });
});

test('a long log goes on, and is walked by keyboard', async ({ staff, receiver }) => {
  const page = await staff('owner');
  await addWebhook(page, receiver.url);
  const ping = page.getByRole('button', { name: 'Send a test' });
  for (let sent = 1; sent <= 22; sent += 1) {
    await ping.click();
    await expect.poll(() => receiver.messages.length).toBe(sent);
  }
  await page.reload();
  await expect(messages(page)).toHaveCount(20);
  await expect(page.getByText('20 of 22')).toBeVisible();
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(messages(page)).toHaveCount(22);
  await messages(page)
    .nth(21)
    .getByRole('button', { name: /what was sent$/ })
    .focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Body' })).toContainText('"ping"');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('region', { name: 'Body' })).toBeFocused();
});

test('webhooks are not for an editor', async ({ staff }) => {
  const page = await staff('editor');
  await expect(page.getByRole('link', { name: 'Webhooks' })).toHaveCount(0);
  for (const path of ['/admin/settings/webhooks', '/admin/settings/webhooks/anything']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'Webhooks are not for your role' })).toBeVisible();
  }
});
