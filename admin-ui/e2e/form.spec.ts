import { expectFlawless } from './support/axe';
import { staffAsks } from './support/staffApi';
import { expect, test } from './support/test';
import { fillIn, openForm, send, visitor } from './support/visitor';

/* The form where the network fails, where something has to be mended, and where somebody must not be seen. */

const action = '**/forms/confidential';

test('what did not go through is sent again, and stored once', async ({ open, request, hillside, watch }) => {
  watch.expects(/ERR_FAILED/);
  const page = await open();
  const { form, drawn } = await openForm(page);
  await fillIn(form, visitor);
  let tries = 0;
  await page.route(action, async (route) => {
    tries += 1;
    if (tries === 1) return route.abort();
    // It arrives, and the answer is lost on its way.
    if (tries === 2) {
      await route.fetch({ maxRedirects: 0 });
      return route.abort();
    }
    return route.continue();
  });
  await send(form, drawn);
  await expect(form.getByRole('status')).toContainText('what you wrote is still here');
  await expect(form.getByLabel('Your name')).toHaveValue(visitor.name);
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible({ timeout: 20_000 });
  expect(tries).toBe(3);
  const ask = await staffAsks(request, hillside, 'admissions');
  const { leads } = await ask('{ leads { totalCount } }', {});
  expect(leads.totalCount).toBe(1);
});

test('after the last attempt there is the telephone, and the message is theirs to keep', async ({ open, watch }) => {
  watch.expects(/ERR_FAILED/);
  const page = await open();
  await page.clock.install();
  const { form } = await openForm(page);
  await fillIn(form, visitor);
  let works = false;
  await page.route(action, (route) => (works ? route.continue() : route.abort()));
  await form.getByRole('button', { name: 'Send in confidence' }).click();
  for (const seconds of [2, 5, 15, 30]) {
    await expect(form.getByRole('status')).toContainText(`Trying again in ${seconds} seconds`);
    await page.clock.runFor(seconds * 1_000);
  }
  const status = form.getByRole('status');
  await expect(status).toContainText('Your message is not sent. It is still here.');
  await expect(status.getByRole('link', { name: /^Call/ })).toHaveAttribute('href', /^tel:/);
  await status.getByRole('button', { name: 'Copy my message' }).click();
  await expect(status.getByRole('button', { name: 'Copied' })).toBeVisible();
  await expect(form.getByLabel('Message', { exact: false }).first()).toHaveValue(visitor.message);
  await expectFlawless(page);
  // The network is back.
  works = true;
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
});

test('what has to be mended is shown in place, and the rest is as it was', async ({ open, watch }) => {
  watch.expects(/422/);
  const page = await open();
  const { form, drawn } = await openForm(page);
  await fillIn(form, { ...visitor, phone: '+1 781', email: '' });
  await send(form, drawn);
  const summary = form.getByRole('alert');
  await expect(summary).toBeFocused();
  await expect(page).toHaveURL(/ketamine-side-effects/);
  await expect(form.getByLabel('Message', { exact: false }).first()).toHaveValue(visitor.message);
  await summary.getByRole('link').first().click();
  await expect(form.getByLabel('Phone')).toBeFocused();
  await form.getByLabel('Phone').fill(visitor.phone);
  await form.getByRole('button', { name: 'Send in confidence' }).click();
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  // Whoever goes back finds nothing of it.
  await page.goBack();
  await expect(form.getByLabel('Your name')).toHaveValue('');
});

test('the quick exit leaves nothing to go back to', async ({ open }) => {
  const page = await open();
  await page.goto('/');
  const { form } = await openForm(page);
  await fillIn(form, visitor);
  await page.route('https://www.weather.gov/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Weather</title><h1>Weather</h1>' }),
  );
  await page.getByRole('link', { name: 'Leave this page quickly' }).first().click();
  await expect(page.getByRole('heading', { name: 'Weather' })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
});

test('beside the form stands what to do when somebody does not wake', async ({ open }) => {
  const page = await open({ javaScriptEnabled: false });
  const { form } = await openForm(page);
  await form.getByText('Somebody does not wake up, or hardly breathes?').click();
  await expect(form.getByText(/Give naloxone/)).toBeVisible();
});
