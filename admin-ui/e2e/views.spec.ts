import type { Page } from '@playwright/test';
import { callers } from './support/callers';
import { desktop, expectRoomForFingers, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';
import { sendLead } from './support/visitor';

const inbox = (page: Page) => page.getByRole('region', { name: 'Leads' });
const rows = (page: Page) => inbox(page).locator('[data-row]');
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Filter the leads' });
const filters = (page: Page) => inbox(page).getByRole('list', { name: 'Filters' });

for (const device of [desktop, phone]) {
  const named = device === phone ? 'on a phone' : 'at a desk';

  test(`leads are narrowed and put in order, and the address says how ${named}`, async ({
    staff,
    open,
    request,
    hillside,
  }) => {
    await sendLead(await open({ javaScriptEnabled: false }));
    await callers(request, hillside, ['Ann Example', 'Ben Example']);
    const page = await staff('admissions', device);
    await page.goto('/admin/leads');
    await expect(rows(page)).toHaveCount(3);

    await expect(page.getByRole('button', { name: 'Filter', exact: true })).toBeVisible();
    await page.keyboard.press('f');
    await expect(dialog(page).getByLabel('New', { exact: true })).toBeFocused();
    await dialog(page).getByLabel('Contacted').check();
    await dialog(page).getByLabel('Me', { exact: true }).check();
    await dialog(page).getByLabel('Received: from').fill('2026-02-02');
    await dialog(page).getByLabel('Received: to').fill('2026-02-01');
    await dialog(page).getByRole('button', { name: 'Show these leads' }).click();
    await expect(dialog(page).getByText('Choose the same day as “From”, or a later one.')).toBeVisible();
    await lookAt(page, 'filter-dialog');
    if (device === phone) await expectRoomForFingers(page);
    await dialog(page).getByLabel('Received: from').fill('');
    await dialog(page).getByLabel('Received: to').fill('2100-01-01');
    await dialog(page).getByRole('button', { name: 'Show these leads' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(inbox(page).getByRole('button', { name: 'Filter', exact: true })).toBeFocused();
    await expect(rows(page)).toHaveCount(2);
    await expect(inbox(page).getByRole('search').getByRole('status')).toHaveText('2 leads');
    await expect(filters(page)).toContainText('Status: Contacted');
    await expect(page).toHaveURL(/status=CONTACTED/);
    await lookAt(page, 'filtered');
    if (device === phone) await expectRoomForFingers(page);

    // The first called last was told to go on last.
    await expect(rows(page).first()).toContainText('B•• E••••••');
    await inbox(page).getByLabel('Order', { exact: true }).selectOption('Oldest first');
    await expect(rows(page).first()).toContainText('A•• E••••••');
    await inbox(page).getByLabel('Order', { exact: true }).selectOption('Next step first');
    await expect(rows(page).first()).toContainText('B•• E••••••');
    await page.goBack();
    await expect(inbox(page).getByLabel('Order', { exact: true })).toHaveValue('OLDEST');
    await expect(rows(page).first()).toContainText('A•• E••••••');
    await page.reload();
    await expect(rows(page)).toHaveCount(2);
    await expect(rows(page).first()).toContainText('A•• E••••••');

    // A lead that is opened leaves the list as it is.
    await rows(page).first().getByRole('link').click();
    await expect(page).toHaveURL(/leads\/lea_.*status=CONTACTED/);
    await page.goBack();
    await filters(page).getByRole('button', { name: 'Remove the filter “Status: Contacted”' }).click();
    await expect(filters(page)).not.toContainText('Status');
    await filters(page).getByRole('button', { name: 'Clear all' }).click();
    await expect(filters(page)).toBeHidden();
    await expect(rows(page)).toHaveCount(3);

    await page.goto('/admin/leads?status=SCHEDULED&who=nonsense');
    await expect(inbox(page).getByRole('heading', { name: 'No lead is like that' })).toBeVisible();
    await lookAt(page, 'filtered-none');
    await inbox(page).getByRole('button', { name: 'Clear all filters' }).click();
    await expect(rows(page)).toHaveCount(3);
    expect(hillside.log).not.toContain('Example');
  });
}

test('who administers without working leads narrows by nothing of anybody’s health', async ({ staff }) => {
  const page = await staff('admin', desktop);
  await page.goto('/admin/leads?care=DETOX&insurance=NEEDED');
  await expect(inbox(page).getByRole('heading', { name: 'Nobody is waiting' })).toBeVisible();
  await inbox(page).getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(dialog(page).getByRole('group', { name: 'Status' })).toBeVisible();
  await expect(dialog(page).getByRole('group', { name: 'Level of care' })).toHaveCount(0);
});

for (const device of [desktop, phone]) {
  const named = device === phone ? 'on a phone' : 'at a desk';

  test(`a view of the inbox is kept, renamed, shared and removed ${named}`, async ({ staff, request, hillside }) => {
    await callers(request, hillside, ['Ann Example']);
    const page = await staff('admissions', device);
    await page.goto('/admin/leads?view=MINE&status=CONTACTED');
    await expect(rows(page)).toHaveCount(1);
    await inbox(page).getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Keep this list as a view…' }).click();
    const keep = page.getByRole('dialog', { name: 'Keep this list as a view' });
    await expect(keep.getByLabel('Name')).toHaveAccessibleDescription(/name nobody who wrote or called/);
    await keep.getByLabel('Name').fill('Talked to');
    await keep.getByRole('button', { name: 'Keep the view' }).click();
    await expect(keep).toBeHidden();
    await expect(inbox(page).getByRole('button', { name: 'Talked to' })).toBeFocused();

    await page.goto('/admin/leads');
    await inbox(page).getByRole('button', { name: 'Views' }).click();
    await lookAt(page, 'lead-views');
    await page.getByRole('menuitem', { name: 'Talked to' }).click();
    await expect(page).toHaveURL(/status=CONTACTED/);
    await expect(page).toHaveURL(/view=MINE/);

    await inbox(page).getByRole('button', { name: 'Talked to' }).click();
    await page.getByRole('menuitem', { name: 'Rename, share or remove…' }).click();
    const own = page.getByRole('dialog', { name: 'Views of yours' });
    await own.getByLabel('Name').fill('Reached');
    await own.getByLabel('Colleagues see it too').check();
    await own.getByRole('button', { name: 'Save' }).click();
    await expect(own.getByRole('button', { name: 'Saved' })).toBeVisible();
    await lookAt(page, 'lead-views-own');
    if (device === phone) await expectRoomForFingers(page);
    await page.keyboard.press('Escape');

    const colleague = await staff('owner', device);
    await colleague.goto('/admin/leads');
    await inbox(colleague).getByRole('button', { name: 'Views' }).click();
    await expect(colleague.getByRole('menuitem', { name: 'Reached' })).toContainText('shared');
    await expect(colleague.getByRole('menuitem', { name: 'Rename, share or remove…' })).toHaveCount(0);

    await inbox(page).getByRole('button', { name: 'Reached' }).click();
    await page.getByRole('menuitem', { name: 'Rename, share or remove…' }).click();
    await own.getByRole('button', { name: 'Remove “Reached”' }).click();
    await expect(own.getByText('No views are kept yet.')).toBeVisible();
  });

  test(`leads are moved on a board ${named}`, async ({ staff, open, request, hillside }) => {
    await sendLead(await open({ javaScriptEnabled: false }));
    const { taken } = await callers(request, hillside, ['Ann Example', 'Ben Example']);
    const page = await staff('admissions', device);
    await page.goto('/admin/leads');
    await expect(rows(page)).toHaveCount(3);
    await expect(page.getByRole('button', { name: 'Filter', exact: true })).toBeVisible();
    await page.keyboard.press('b');
    await expect(page).toHaveURL(/mode=board/);
    const board = inbox(page).getByRole('list', { name: 'Board' });
    const column = (name: string) => board.getByRole('list', { name });
    const show = async (name: string) => {
      if (device === phone) await inbox(page).getByRole('button', { name }).click();
    };
    await expect(column('New: 1 lead').locator('[data-row]')).toHaveCount(1);
    await lookAt(page, 'board');
    if (device === phone) await expectRoomForFingers(page);

    const first = column('New: 1 lead').locator('[data-row]');
    if (device === phone) {
      await first.getByRole('button', { name: /^Move HS-/ }).click();
      await page.getByRole('menuitem', { name: 'Trying to reach' }).click();
    } else {
      // What may not follow takes nothing.
      await first.dragTo(board.getByRole('heading', { name: /^Scheduled/ }));
      await expect(column('New: 1 lead')).toBeVisible();
      await first.dragTo(board.getByRole('heading', { name: /^Trying to reach/ }));
    }
    await show('Trying to reach: 1 lead');
    await expect(column('Trying to reach: 1 lead').locator('[data-row]')).toHaveCount(1);

    // A move that needs more asks for it.
    await show('Contacted: 2 leads');
    const ann = taken[0]?.reference ?? '';
    await column('Contacted: 2 leads')
      .getByRole('button', { name: `Move ${ann}` })
      .click();
    await lookAt(page, 'board-move');
    await page.getByRole('menuitem', { name: 'Qualified' }).click();
    const status = page.getByRole('dialog', { name: 'Change the status' });
    await expect(status.getByRole('radio', { name: 'Qualified' })).toBeChecked();
    await page.keyboard.press('Escape');
    await expect(status).toBeHidden();
    await column('Contacted: 2 leads')
      .getByRole('button', { name: `Move ${ann}` })
      .click();
    await page.getByRole('menuitem', { name: 'Closed…' }).click();
    const closing = page.getByRole('dialog', { name: 'Close this lead' });
    await closing.getByRole('radio', { name: 'Spam' }).check();
    await closing.getByRole('button', { name: 'Close the lead' }).click();
    await expect(closing).toBeHidden();
    await expect(column('Contacted: 1 lead').locator('[data-row]')).toHaveCount(1);

    // A card opens its lead, and leads back to the board.
    await column('Contacted: 1 lead').getByRole('link').click();
    await expect(page.getByRole('region', { name: 'Lead', exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Back to the board' }).click();
    await expect(board).toBeVisible();
    await inbox(page).getByRole('button', { name: 'Show as a list' }).click();
    await expect(rows(page)).toHaveCount(2);
    expect(hillside.log).not.toContain('Example');
  });
}
