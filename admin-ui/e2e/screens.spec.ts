import { desktop, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';
import { sendLead } from './support/visitor';

/*
 * Every screen at two widths, light and dark: axe, sideways scrolling, and a picture to be looked at. The console and the
 * content security policy are watched as in every test.
 */

for (const [width, device] of [
  ['a desk', desktop],
  ['a phone', phone],
] as const) {
  test.describe(`on ${width}`, () => {
    test.use(device);

    test('the doors: setting up, signing in', async ({ page, hillside }) => {
      await page.goto(hillside.ownerLink);
      await expect(page.getByText(/^You are about to become the owner/)).toBeVisible();
      await lookAt(page, 'setup');
      await page.getByRole('button', { name: 'Create the owner' }).click();
      await expect(page.getByText('Enter your name.')).toBeVisible();
      await lookAt(page, 'setup-refused');
      await page.goto('/admin/login');
      await expect(page.getByText(/^This centre has no owner yet/)).toBeVisible();
      await lookAt(page, 'login-without-owner');
      await hillside.account('owner');
      await page.reload();
      await expect(page.getByText(/^to /)).toBeVisible();
      await page.getByLabel('E-mail').fill('nobody@example.org');
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
      await lookAt(page, 'login');
    });

    test('pages and therapies', async ({ staff }) => {
      const page = await staff('editor', device);
      await expect(page.getByRole('link', { name: /^Ketamine side effects/ })).toBeVisible();
      await lookAt(page, 'pages');
      await page.getByRole('button', { name: 'New page' }).click();
      await expect(page.getByRole('dialog', { name: 'New page' })).toBeVisible();
      await lookAt(page, 'new-page');
      await page.keyboard.press('Escape');
      await page.getByRole('searchbox', { name: 'Search pages' }).fill('zzz');
      await expect(page.getByRole('heading', { name: 'No page matches' })).toBeVisible();
      await lookAt(page, 'pages-none');
      await page.goto('/admin/therapies');
      await expect(page.getByRole('link', { name: 'Group therapy' })).toBeVisible();
      await lookAt(page, 'therapies');
    });

    test('the reference page in the editor', async ({ staff }) => {
      const page = await staff('editor', device);
      await page.getByRole('link', { name: /^Ketamine side effects/ }).click();
      await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toBeVisible();
      await lookAt(page, 'page');
      await page.getByRole('columnheader', { name: 'Medical use' }).click();
      await expect(page.getByRole('button', { name: 'Add a row', exact: true })).toBeVisible();
      await lookAt(page, 'page-table');
    });

    test('writing a page', async ({ staff }) => {
      const page = await staff('editor', device);
      await page.getByRole('link', { name: 'Admissions' }).click();
      await page.getByRole('list', { name: 'Blocks' }).getByText('You can call').click();
      await expect(page.getByRole('toolbar', { name: 'Formatting' })).toBeVisible();
      await lookAt(page, 'page-text');
      await page.getByRole('button', { name: 'Add a block', exact: true }).click();
      await expect(page.getByRole('option', { name: /^Callout/ })).toBeVisible();
      await lookAt(page, 'page-insert');
      await page.keyboard.press('Escape');
      await page.getByRole('textbox', { name: 'Title', exact: true }).fill('');
      if (device === phone) await page.getByRole('button', { name: 'Save', exact: true }).click();
      else await page.keyboard.press('Control+s');
      await expect(page.getByText('Not saved: mend 1 thing first')).toBeVisible();
      await lookAt(page, 'page-refused');
    });

    test('what stands beside a document', async ({ staff }) => {
      const page = await staff('editor', device);
      await page.getByRole('link', { name: 'Admissions' }).click();
      await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toBeVisible();
      if (device === phone) await page.getByRole('button', { name: 'Checks, details and history' }).click();
      for (const tab of ['Checks', 'Details', 'SEO', 'History']) {
        await page.getByRole('tab', { name: tab }).click();
        await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
        await lookAt(page, `panel-${tab.toLowerCase()}`);
      }
    });

    test('publishing, and a therapy', async ({ staff }) => {
      const page = await staff('editor', device);
      await page.goto('/admin/therapies');
      await page.getByRole('link', { name: 'Group therapy' }).click();
      await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toBeVisible();
      await lookAt(page, 'therapy');
      await page.getByRole('textbox', { name: 'Title', exact: true }).fill('');
      await expect(page.getByText('Not saved: mend 1 thing first')).toBeVisible();
      await page.getByRole('main').getByRole('link', { name: 'Therapies' }).click();
      await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
      await lookAt(page, 'leave');
      await page.getByRole('button', { name: 'Stay here' }).click();
      await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Group therapy, together');
      await page.getByRole('button', { name: 'Publish changes' }).click();
      await expect(page.getByRole('button', { name: 'Publish now' })).toBeEnabled();
      await lookAt(page, 'publish');
      await page.getByRole('button', { name: 'Publish now' }).click();
      await expect(page.getByRole('dialog', { name: 'It is live' })).toBeVisible();
      await lookAt(page, 'published');
    });

    test('what is not there, and what is not for one', async ({ staff }) => {
      const page = await staff('editor', device);
      await page.goto('/admin/nowhere');
      await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
      await lookAt(page, 'not-found');
      await page.goto('/admin/leads');
      await expect(page.getByRole('heading', { name: 'Leads are not for your role' })).toBeVisible();
      await lookAt(page, 'leads-forbidden');
      await page.getByRole('button', { name: /^Account of/ }).click();
      await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
      await lookAt(page, 'account');
      await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await lookAt(page, 'shortcuts');
    });

    test('the inbox, empty and with a lead', async ({ staff, open }) => {
      const page = await staff('admissions', device);
      await expect(page.getByRole('heading', { name: 'Nobody is waiting' })).toBeVisible();
      await lookAt(page, 'inbox-empty');
      await sendLead(await open());
      const row = page.getByRole('link', { name: 'S••••• V••••••' });
      await expect(row).toBeVisible();
      await lookAt(page, 'inbox');
      await row.click();
      const lead = page.getByRole('region', { name: 'Lead', exact: true });
      await expect(lead.getByRole('heading', { level: 2, name: 'S••••• V••••••' })).toBeVisible();
      await lookAt(page, 'lead');
      await page.keyboard.press('r');
      const dialog = page.getByRole('dialog', { name: 'Reveal this person' });
      await expect(dialog).toBeVisible();
      await lookAt(page, 'lead-reveal');
      await dialog.getByRole('radio', { name: 'I am about to answer this person.' }).check();
      await dialog.getByRole('button', { name: 'Reveal' }).click();
      await expect(lead.getByRole('heading', { level: 2, name: 'Sample Visitor' })).toBeVisible();
      await lookAt(page, 'lead-revealed');
      await page.keyboard.press('s');
      await expect(page.getByRole('dialog', { name: 'Change the status' })).toBeVisible();
      await lookAt(page, 'lead-status');
    });

    test('the public site', async ({ page, watch }) => {
      watch.expects(/404/);
      watch.expects(/422/);
      await page.goto('/ketamine-side-effects');
      await lookAt(page, 'site-reference');
      await page.goto('/forms/confidential');
      await lookAt(page, 'site-form');
      await page.getByLabel('Your name').fill('Sample Visitor');
      await page.getByLabel('You may contact me about this request').check();
      await page.getByRole('button', { name: 'Send in confidence' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
      await lookAt(page, 'site-form-refused');
      await page.goto('/forms/confidential/sent');
      await lookAt(page, 'site-form-sent');
      await page.goto('/');
      await lookAt(page, 'site-home');
      await page.goto('/therapies/group-therapy');
      await lookAt(page, 'site-therapy');
      await page.goto('/nowhere');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await lookAt(page, 'site-not-found');
    });
  });
}

test('the site is read by keyboard: the first key leads to the content', async ({ page }) => {
  await page.goto('/ketamine-side-effects');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/ketamine-side-effects#main');
  await page.keyboard.press('Tab');
  const within = page.getByRole('main').locator(':focus');
  await expect(within).toHaveCount(1);
});

test('the site and the admin hold at 200 percent', async ({ page, staff }) => {
  // A window of 1440 pixels at 200 % lays out as one of 720 with twice the density.
  const zoomed = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 };
  await page.setViewportSize(zoomed.viewport);
  await page.goto('/ketamine-side-effects');
  await lookAt(page, 'site-reference-zoomed');
  const editor = await staff('editor', zoomed);
  await expect(editor.getByRole('link', { name: /^Ketamine side effects/ })).toBeVisible();
  await lookAt(editor, 'pages-zoomed');
});
