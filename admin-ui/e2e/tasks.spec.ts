import type { Page } from '@playwright/test';
import { desktop, expectRoomForFingers, lookAt, phone } from './support/screens';
import { staffAsks } from './support/staffApi';
import { expect, test } from './support/test';
import { sendLead, visitor } from './support/visitor';

const lead = (page: Page) => page.getByRole('region', { name: 'Lead', exact: true });
const tasks = (page: Page) => lead(page).getByRole('region', { name: 'Tasks' });
const dialog = (page: Page) => page.getByRole('dialog');
const inbox = (page: Page) => page.getByRole('region', { name: 'Leads' });

for (const device of [desktop, phone]) {
  const named = device === phone ? 'on a phone' : 'at a desk';

  test(`what is to be done is written down, seen above the inbox, and ticked off ${named}`, async ({
    staff,
    open,
    hillside,
  }) => {
    await sendLead(await open({ javaScriptEnabled: false }));
    const page = await staff('admissions', device);
    await page.goto('/admin/leads');
    await inbox(page).getByRole('link', { name: 'S••••• V••••••' }).click();
    await expect(tasks(page)).toBeVisible();
    await page.keyboard.press('a');
    await expect(lead(page).getByRole('button', { name: 'Assign: you has it' })).toBeVisible();
    await tasks(page).getByRole('button', { name: 'Add a task' }).click();
    await dialog(page).getByRole('button', { name: 'Add the task' }).click();
    await expect(dialog(page).getByText('Say by when it is to be done.')).toBeVisible();
    await dialog(page).getByLabel('What is to be done?').selectOption('TRANSPORT');
    await dialog(page).getByLabel('In 1 hour').check();
    await dialog(page).getByLabel('Note', { exact: true }).fill('Her sister drives.');
    await lookAt(page, 'task-dialog');
    if (device === phone) await expectRoomForFingers(page);
    await dialog(page).getByRole('button', { name: 'Add the task' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(tasks(page).getByText('Transport')).toBeVisible();
    await expect(tasks(page).getByText('Her sister drives.')).toHaveCount(0);
    await expect(lead(page).getByText('You added a task: transport')).toBeVisible();
    await lookAt(page, 'tasks');
    if (device === phone) await expectRoomForFingers(page);

    // With the person its words are shown.
    await page.keyboard.press('r');
    await dialog(page).getByLabel('I am preparing the next step with them.').check();
    await dialog(page).getByRole('button', { name: 'Reveal' }).click();
    await expect(tasks(page).getByText('Her sister drives.')).toBeVisible();

    await page.goto('/admin/leads');
    const mine = inbox(page).getByRole('button', { name: '1 task' });
    await mine.click();
    await expect(inbox(page).getByRole('list', { name: 'My tasks' })).toContainText('Transport');
    await lookAt(page, 'my-tasks');
    if (device === phone) await expectRoomForFingers(page);
    await inbox(page).getByRole('list', { name: 'My tasks' }).getByRole('link').click();
    await tasks(page).getByRole('checkbox', { name: '“Transport” is done' }).click();
    await expect(tasks(page).getByText('Done (1)')).toBeVisible();
    await expect(lead(page).getByText('You ticked off a task: transport')).toBeVisible();
    await tasks(page).getByText('Done (1)').click();
    await tasks(page).getByRole('checkbox', { name: '“Transport” is to be done again' }).click();
    await expect(tasks(page).getByRole('checkbox', { name: '“Transport” is done' })).toBeVisible();
    expect(hillside.log).not.toContain('sister');
  });

  test(`whoever is on shift is given the next ${named}`, async ({ staff, open, request, hillside }) => {
    await sendLead(await open({ javaScriptEnabled: false }));
    const owner = await staffAsks(request, hillside, 'owner');
    const page = await staff('admissions', device);
    await page.goto('/admin/leads');
    await inbox(page).getByRole('button', { name: 'On shift: nobody' }).click();
    await page.getByRole('switch', { name: 'I am on shift' }).click();
    await expect(page.getByRole('list', { name: 'On shift now, the next first' })).toContainText('You');
    await lookAt(page, 'shift');
    if (device === phone) await expectRoomForFingers(page);
    await page.keyboard.press('Escape');
    await expect(inbox(page).getByRole('button', { name: 'On shift: 1' })).toBeFocused();
    const on = 'mutation { setShift(input: { on: true }) { shifts { until } userErrors { message } } }';
    await owner(on, {});

    await inbox(page).getByRole('link', { name: 'S••••• V••••••' }).click();
    const assign = () => lead(page).getByRole('button', { name: /^Assign:/ });
    await assign().click();
    await page.getByRole('menuitem', { name: 'Next on shift: you' }).click();
    await expect(assign()).toHaveAccessibleName('Assign: you has it');
    await assign().click();
    await expect(page.getByRole('menuitem', { name: /^Next on shift: / })).not.toHaveText('Next on shift: you');
    await lookAt(page, 'assign-in-turn');
    await page.getByRole('menuitem', { name: /^Next on shift: / }).click();
    await expect(assign()).not.toHaveAccessibleName('Assign: you has it');
    expect(hillside.log).not.toContain(visitor.name);
  });
}
