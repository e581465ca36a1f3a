import type { Page } from '@playwright/test';
import { MailServer } from './support/mailServer';
import { desktop, expectRoomForFingers, lookAt, phone } from './support/screens';
import { test as base, expect } from './support/test';
import { sendLead } from './support/visitor';

const test = base.extend<{ mail: MailServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  mail: async ({}, use) => {
    const mail = await MailServer.start();
    await use(mail);
    await mail.stop();
  },
  settings: ({ mail }, use) => use({ HILLSIDE_SMTP_URL: mail.url, HILLSIDE_MAIL_FROM: 'hillside@example.org' }),
});

const choice = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Write to me when' }).getByRole('switch', { name, exact: true });

/** It shows at once; what is read anew must wait until it is kept. */
const afterSaving = (page: Page, press: () => Promise<void>) =>
  Promise.all([
    page.waitForResponse((answer) => answer.request().postData()?.includes('UpdateNotices') === true),
    press(),
  ]);

const openNotices = async (page: Page) => {
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('link', { name: 'Notices' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Notices' })).toBeVisible();
};

for (const device of [desktop, phone]) {
  test(`whoever answers leads chooses what they are told, at ${device.viewport?.width} px`, async ({ staff, mail }) => {
    const page = await staff('admissions', device);
    await openNotices(page);
    await expect(page.getByText(/^Letters about leads go to admissions@example\.org/)).toBeVisible();
    for (const name of ['Somebody wrote', 'Somebody may be in danger', 'It is time to act']) {
      await expect(choice(page, name)).toBeChecked();
    }
    await expect(choice(page, 'Somebody may be in danger')).toHaveAccessibleDescription(/every five minutes/);
    await lookAt(page, 'notices');
    if (device === phone) await expectRoomForFingers(page);

    await afterSaving(page, () => choice(page, 'Somebody wrote').press('Space'));
    await expect(choice(page, 'Somebody wrote')).not.toBeChecked();
    await page.keyboard.press('Tab');
    await expect(choice(page, 'Somebody may be in danger')).toBeFocused();
    await afterSaving(page, () => choice(page, 'A colleague gave you a lead').click());
    await expect(choice(page, 'A colleague gave you a lead')).not.toBeChecked();
    await page.reload();
    await expect(choice(page, 'It is time to act')).toBeChecked();
    await expect(choice(page, 'Somebody wrote')).not.toBeChecked();
    await expect(choice(page, 'A colleague gave you a lead')).not.toBeChecked();

    await page.getByRole('button', { name: 'Send me a test letter' }).click();
    await expect(page.getByText(/^It was sent to admissions@example\.org\./)).toBeVisible();
    expect(mail.letters.map(({ to }) => to)).toEqual(['admissions@example.org']);
    expect(mail.letters[0]?.text).toContain('/admin/notices');
    await lookAt(page, 'notices-sent');
    mail.answers = '554 no';
    await page.getByRole('button', { name: 'Send me a test letter' }).click();
    await expect(page.getByText(/^It was not sent: The mail server did not take the letter\./)).toBeVisible();
    await lookAt(page, 'notices-not-sent');
  });
}

test('a choice that cannot be saved is put back', async ({ staff, hillside, watch }) => {
  watch.expects(/ERR_CONNECTION_REFUSED|Failed to fetch|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|WebSocket/);
  const page = await staff('admissions');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('notices');
  await page.getByRole('option', { name: 'Go to Notices' }).click();
  await expect(choice(page, 'It is time to act')).toBeChecked();
  await hillside.kill();
  await choice(page, 'It is time to act').press('Space');
  await expect(page.getByText(/^It was not saved: The server cannot be reached\./)).toBeVisible();
  await expect(choice(page, 'It is time to act')).toBeChecked();
  await hillside.startAgain();
});

test.describe('without a mail server', () => {
  test.use({ settings: {} });

  for (const device of [desktop, phone]) {
    test(`it says that nobody gets letters, at ${device.viewport?.width} px`, async ({ staff }) => {
      const page = await staff('owner', device);
      await page.goto('/admin/notices');
      await expect(page.getByText('Nobody gets letters yet')).toBeVisible();
      await expect(page.getByText(/HILLSIDE_SMTP_URL/)).toBeVisible();
      await expect(page.getByRole('button', { name: 'Send me a test letter' })).toHaveCount(0);
      // There is nobody else to answer leads, so an owner is told of all.
      await expect(choice(page, 'Somebody wrote')).toBeChecked();
      await choice(page, 'Somebody wrote').press('Space');
      await expect(choice(page, 'Somebody wrote')).not.toBeChecked();
      await lookAt(page, 'notices-no-mail');
    });
  }
});

test('notices are not for an editor', async ({ staff }) => {
  const page = await staff('editor');
  await page.getByRole('button', { name: /^Account of/ }).click();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Notices' })).toHaveCount(0);
  await page.goto('/admin/notices');
  await expect(page.getByRole('heading', { name: 'Notices are not for your role' })).toBeVisible();
});

test('a browser sounds and shows a notice when somebody waits, if it is asked to', async ({ staff, open }) => {
  const page = await staff('admissions');
  await page.addInitScript(() => {
    const shown: string[] = [];
    Object.assign(window, { shown, sounded: 0 });
    class Notice extends EventTarget {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      constructor(title: string, { body }: { body: string }) {
        super();
        shown.push(`${title}: ${body}`);
      }
    }
    Object.assign(window, { Notification: Notice });
    document.hasFocus = () => false;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      (window as unknown as { sounded: number }).sounded += 1;
      start.call(this, when);
    };
  });
  await page.goto('/admin/notices');
  const here = page.getByRole('group', { name: 'In this browser, while Hillside is open' });
  await here.getByRole('switch', { name: 'Play a sound' }).press('Space');
  await here.getByRole('switch', { name: 'Show a notice on the desktop' }).press('Space');
  await expect(here.getByRole('switch', { name: 'Show a notice on the desktop' })).toBeChecked();
  await lookAt(page, 'notices-here');
  const heard = () =>
    page.evaluate(() => {
      const { shown, sounded } = window as unknown as { shown: string[]; sounded: number };
      return { shown, sounded };
    });
  await expect.poll(async () => (await heard()).sounded, { message: 'it is played once, to be known' }).toBe(2);

  await sendLead(await open({ javaScriptEnabled: false }));
  await expect.poll(async () => (await heard()).shown).toEqual(['Hillside: Somebody waits for an answer.']);
  expect((await heard()).sounded).toBe(4);
});
