import type { Page } from '@playwright/test';
import { openArticle, title } from './support/article';
import { desktop, expectRoomForFingers, lookAt, phone, tablet } from './support/screens';
import { expect, test } from './support/test';
import { sendLead, visitor } from './support/visitor';

/*
 * Every screen at two widths, and those of the content at a tablet's as well, light and dark: axe, sideways scrolling, and
 * a picture to be looked at. The console and the content security policy are watched as in every test.
 */

// Nobody listens there, which is known at once.
test.use({ settings: { HILLSIDE_WEBHOOKS_PRIVATE: 'on' } });

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

    test('what is set: webhooks and search synonyms', async ({ staff }) => {
      const page = await staff('admin', device);
      await page.goto('/admin/settings/webhooks');
      await expect(page.getByRole('heading', { name: 'No webhooks yet' })).toBeVisible();
      await lookAt(page, 'webhooks-empty');
      await page.getByRole('button', { name: 'New webhook' }).click();
      const dialog = page.getByRole('dialog', { name: 'New webhook' });
      await dialog.getByRole('textbox', { name: 'Address' }).fill(`https://127.0.0.1:9/${'a-long-way/'.repeat(12)}`);
      await lookAt(page, 'webhook-form');
      await dialog.getByRole('button', { name: 'Create webhook' }).click();
      await page.getByRole('button', { name: 'Send a test' }).click();
      await expect(page.getByText(/error sending request/i).first()).toBeVisible();
      await page.getByRole('button', { name: /^Test, .*: what was sent$/ }).click();
      await expect(page.getByRole('region', { name: 'Body' })).toBeVisible();
      await lookAt(page, 'webhook');
      await page.getByRole('button', { name: 'Delete…' }).click();
      await expect(page.getByRole('dialog', { name: 'Delete this webhook?' })).toBeVisible();
      await lookAt(page, 'webhook-delete');
      await page.goto('/admin/settings/webhooks');
      await expect(page.getByRole('row', { name: /a-long-way/ })).toBeVisible();
      await lookAt(page, 'webhooks');
      await page.goto('/admin/settings/synonyms');
      await expect(page.getByRole('textbox', { name: /^Line 14/ })).toBeVisible();
      await lookAt(page, 'synonyms');
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
      await page.keyboard.press('c');
      const log = page.getByRole('dialog', { name: 'Log a call' });
      await log.getByRole('radio', { name: 'Reached' }).check();
      await lookAt(page, 'lead-log');
      await log.getByRole('button', { name: 'Save the call' }).click();
      await expect(lead.getByText('You called: reached')).toBeVisible();
      await lookAt(page, 'lead-tried');
      await page.keyboard.press('z');
      const snooze = page.getByRole('dialog', { name: 'Snooze this lead' });
      await snooze.getByRole('radio', { name: 'Another time' }).check();
      await lookAt(page, 'lead-snooze');
      await snooze.getByRole('button', { name: 'Cancel' }).click();
      await lead.getByRole('button', { name: 'More' }).click();
      await expect(page.getByRole('menuitem', { name: 'Raise to urgent' })).toBeVisible();
      await lookAt(page, 'lead-more');
      await page.keyboard.press('Escape');
      await page.keyboard.press('s');
      await expect(page.getByRole('dialog', { name: 'Change the status' })).toBeVisible();
      await lookAt(page, 'lead-status');
    });

    test('a lead of somebody who wrote before and takes the consent back', async ({ staff, open }) => {
      const page = await staff('admissions', device);
      await sendLead(await open());
      await sendLead(await open(), { ...visitor, name: 'Sam Vale' });
      await page.getByRole('link', { name: 'S•• V•••' }).click();
      const lead = page.getByRole('region', { name: 'Lead', exact: true });
      await expect(lead.getByRole('heading', { name: 'Wrote before (1)' })).toBeVisible();
      await lookAt(page, 'lead-before');
      await lead.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Consent taken back…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Consent taken back' });
      await dialog.getByRole('radio', { name: 'That they may be contacted' }).check();
      await lookAt(page, 'lead-consent');
      await dialog.getByRole('button', { name: 'Save what they took back' }).click();
      await expect(lead.getByRole('note')).toContainText('Do not contact them.');
      await lookAt(page, 'lead-withdrawn');
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

test.describe('on a tablet', () => {
  const look = async (page: Page, name: string) => {
    await lookAt(page, name);
    await expectRoomForFingers(page);
  };

  test('lists, the tree, and what is done from them', async ({ staff }) => {
    const page = await staff('editor', tablet);
    await page.getByRole('checkbox', { name: 'Choose “Admissions”' }).check();
    await expect(page.getByRole('region', { name: 'What is chosen' })).toContainText('1 chosen');
    await look(page, 'pages-chosen');
    await page.goto('/admin/pages?mode=tree');
    await expect(page.getByRole('treeitem').first()).toBeVisible();
    await page.getByRole('button', { name: 'Actions for Admissions' }).tap();
    await page.getByRole('menuitem', { name: 'Move to…' }).tap();
    await expect(page.getByRole('dialog', { name: 'Move “Admissions”' })).toBeVisible();
    await look(page, 'tree-move');
    await page.keyboard.press('Escape');
    await look(page, 'tree');
    await page.getByRole('button', { name: 'Search' }).tap();
    await page.getByRole('combobox', { name: 'Search everything' }).fill('bladder');
    await expect(page.getByRole('option').filter({ hasText: 'Ketamine side effects' })).toBeVisible();
    await look(page, 'palette');
  });

  test('redirects, the calendar, the trash', async ({ staff }) => {
    const page = await staff('editor', tablet);
    await page.goto('/admin/redirects');
    await page.getByRole('button', { name: 'Import…' }).tap();
    const importing = page.getByRole('dialog', { name: 'Import redirects' });
    const outside = `https://shop.example.org/${'a-long-way/'.repeat(8)}`;
    await importing.getByRole('textbox', { name: 'Table' }).fill(`/shop\t${outside}\n/old\t/nowhere\n`);
    await importing.getByRole('button', { name: 'Look it through' }).tap();
    await expect(importing.getByText('There is no page at /nowhere.')).toBeVisible();
    await look(page, 'redirects-import');
    await importing.getByRole('button', { name: 'Import 1 redirect' }).tap();
    await expect(page.getByRole('row', { name: /\/shop/ })).toBeVisible();
    await look(page, 'redirects');
    await page.goto('/admin/calendar');
    await expect(page.getByRole('heading', { name: 'Nothing is planned this month.' })).toBeVisible();
    await look(page, 'calendar-empty');
    await page.goto('/admin/pages');
    await page.getByRole('link', { name: 'Admissions' }).tap();
    await page.getByRole('button', { name: 'More', exact: true }).tap();
    await page.getByRole('menuitem', { name: 'Delete…' }).tap();
    const deleting = page.getByRole('dialog', { name: 'Delete “Admissions”?' });
    await expect(deleting.getByText(/^It is used in/)).toBeVisible();
    await look(page, 'trash-dialog');
    await deleting.getByRole('button', { name: 'Move to the trash' }).tap();
    await expect(page.getByText(/^“Admissions” is in the trash/)).toBeVisible();
    await page.goto('/admin/trash');
    await expect(page.getByRole('row', { name: /Admissions/ }).getByText('Admissions', { exact: true })).toBeVisible();
    await look(page, 'trash');
  });

  test('webhooks and search synonyms', async ({ staff }) => {
    const page = await staff('admin', tablet);
    await page.goto('/admin/settings/webhooks');
    await page.getByRole('button', { name: 'New webhook' }).tap();
    const dialog = page.getByRole('dialog', { name: 'New webhook' });
    await dialog.getByRole('textbox', { name: 'Address' }).fill('https://127.0.0.1:9/revalidate');
    await look(page, 'webhook-form');
    await dialog.getByRole('button', { name: 'Create webhook' }).tap();
    await page.getByRole('button', { name: 'Send a test' }).tap();
    await expect(page.getByText(/error sending request/i).first()).toBeVisible();
    await page.getByRole('button', { name: 'Show', exact: true }).tap();
    await look(page, 'webhook');
    await page.goto('/admin/settings/synonyms');
    await expect(page.getByRole('textbox', { name: /^Line 14/ })).toBeVisible();
    await look(page, 'synonyms');
  });

  test('the library and the pictures', async ({ staff }) => {
    const page = await staff('editor', tablet);
    await page.goto('/admin/library/contact-points');
    await page.getByRole('link', { name: 'Admissions', exact: true }).tap();
    await expect(page.getByRole('heading', { name: /^Used in/ })).toBeVisible();
    await look(page, 'library-contact-point');
    await page.goto('/admin/library/menus');
    await page.getByRole('link', { name: 'main', exact: true }).tap();
    await expect(page.getByRole('list', { name: 'Lines' })).toBeVisible();
    await look(page, 'library-menu');
    await page.goto('/admin/library/brand');
    await expect(page.getByLabel('Name of the site')).toHaveValue('Hillside Detox');
    await look(page, 'library-brand');
    await page.goto('/admin/media');
    await page.getByRole('button', { name: /^valley\.jpg/ }).tap();
    await expect(
      page.getByRole('complementary', { name: 'About this picture' }).getByRole('link').first(),
    ).toBeVisible();
    await look(page, 'media-panel');
    await page.goto('/admin/media?view=trash');
    await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
    await look(page, 'media-trash');
  });

  test('the reference page and what stands beside it', async ({ staff }) => {
    const page = await staff('editor', tablet);
    await openArticle(page);
    await title(page).fill('Ketamine');
    await expect(page.getByText(/^Saved/)).toBeVisible();
    await look(page, 'page');
    await page.getByRole('button', { name: 'Publish changes' }).tap();
    await expect(page.getByRole('button', { name: 'Publish now' })).toBeEnabled();
    await page.getByText('At a time').tap();
    await look(page, 'publish-later');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Preview', exact: true }).tap();
    await expect(page.locator('iframe[title^="Preview of"]')).toBeVisible();
    await look(page, 'preview');
    await page.getByRole('button', { name: 'Close the preview' }).tap();
    await page.getByRole('button', { name: 'Checks, details and history' }).tap();
    for (const tab of ['Checks', 'History']) {
      await page.getByRole('tab', { name: tab }).tap();
      await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
      await look(page, `panel-${tab.toLowerCase()}`);
    }
    await page
      .getByRole('link', { name: /^Compare version/ })
      .first()
      .tap();
    await expect(page.getByRole('dialog', { name: 'Compare versions' }).getByRole('status')).toBeVisible();
    await look(page, 'compare');
  });
});

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
