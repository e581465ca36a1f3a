import type { APIRequestContext, Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import type { Hillside } from './support/hillside';
import { desktop, lookAt, phone } from './support/screens';
import { editorAsks, pageMaker } from './support/staffApi';
import { expect, test } from './support/test';

/** The month after this one, where nothing that is planned runs while a test looks at it. */
const nextMonth = (day: number, time: string) => {
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, day)).toISOString().slice(0, 10);
  return `${month}T${time}Z`;
};

const plan = async (asks: Awaited<ReturnType<typeof editorAsks>>, id: string, runAt: string, timeZone: string) => {
  const { page } = await asks('query ($id: ID!) { page(id: $id) { draft { id } } }', { id });
  const query =
    'mutation ($input: SchedulePublishInput!) { schedulePublish(input: $input) { userErrors { message } } }';
  const input = { id, revision: page.draft.id, runAt, timeZone };
  expect((await asks(query, { input })).schedulePublish.userErrors).toEqual([]);
};

const planBack = async (asks: Awaited<ReturnType<typeof editorAsks>>, id: string, runAt: string) => {
  const query =
    'mutation ($input: ScheduleUnpublishInput!) { scheduleUnpublish(input: $input) { userErrors { message } } }';
  const input = { id, runAt, timeZone: 'America/New_York' };
  expect((await asks(query, { input })).scheduleUnpublish.userErrors).toEqual([]);
};

/** Three plans for next month, and one that fails in a moment: what is no longer public cannot be taken back. */
const planMuch = async (request: APIRequestContext, hillside: Hillside) => {
  const make = await pageMaker(request, hillside);
  const asks = await editorAsks(request, hillside);
  const standard = { kind: 'STANDARD' };
  const open = await make('open-house', { title: 'Open house in the new wing' }, standard);
  const holidays = await make('holidays', { title: 'Holidays' }, standard);
  const draft = await make('never-public', { title: 'Never public' }, standard);
  await planBack(asks, draft, new Date(Date.now() + 4_000).toISOString());
  await plan(asks, holidays, nextMonth(10, '14:00:00'), 'America/New_York');
  await plan(asks, open, nextMonth(10, '15:00:00'), 'Europe/Berlin');
  await planBack(asks, open, nextMonth(20, '15:00:00'));
};

const item = (page: Page, title: string) => page.getByRole('article', { name: title });

test('what is planned stands in its month and is called off there', async ({ staff, hillside, request }) => {
  await planMuch(request, hillside);
  const page = await staff('editor', desktop);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Calendar' }).click();
  await expect(page.locator('td[aria-current="date"]')).toHaveCount(1);
  await expect(async () => {
    await page.reload();
    await expect(item(page, 'Never public')).toContainText('Not taken back', { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await lookAt(page, 'calendar-failed');
  await item(page, 'Never public').getByRole('button', { name: 'Put away Never public' }).click();
  await expect(item(page, 'Never public')).toBeHidden();
  await expect(page.getByText('Nothing is planned this month.')).toBeVisible();

  await page.getByRole('button', { name: 'Next month' }).click();
  await expect(page).toHaveURL(/month=\d{4}-\d{2}/);
  await expect(page.getByRole('columnheader')).toHaveText(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
  const house = item(page, 'Open house in the new wing');
  await expect(house).toHaveCount(2);
  await expect(house.first()).toContainText('in Europe/Berlin');
  await expect(house.last()).toContainText('Take back');
  await expect(house.last()).not.toContainText('America/New_York');
  await expectAccessible(page);
  await lookAt(page, 'calendar');

  const callOff = page.getByRole('button', { name: 'Call off Holidays' });
  await callOff.focus();
  await page.keyboard.press('Enter');
  const question = page.getByRole('group', { name: 'Call it off?' });
  await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(callOff).toBeFocused();
  await page.keyboard.press('Enter');
  await question.getByRole('button', { name: 'Call off', exact: true }).press('Enter');
  await expect(page.getByText('Called off: Holidays')).toBeVisible();
  await expect(item(page, 'Holidays')).toBeHidden();
  await expect(page.getByRole('heading', { level: 2 })).toBeFocused();

  await house.first().getByRole('link').click();
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Open house in the new wing');
  await page.goBack();
  await expect(house).toHaveCount(2);
  await page.getByRole('button', { name: 'Today' }).click();
  await expect(page).toHaveURL(/\/admin\/calendar$/);
});

test('what was done late says so', async ({ staff, hillside, request }) => {
  await planMuch(request, hillside);
  const page = await staff('editor', phone);
  await page.route('**/admin/graphql', async (route) => {
    if (!route.request().postData()?.includes('query Scheduled(')) return route.fallback();
    const answer = await route.fetch();
    const body = await answer.json();
    // As after a night without a server.
    Object.assign(body.data.scheduled[0], { state: 'DONE', late: true });
    return route.fulfill({ response: answer, json: body });
  });
  await page.goto(`/admin/calendar?month=${nextMonth(1, '').slice(0, 7)}`);
  const done = item(page, 'Holidays');
  await expect(done).toContainText('Done well after its time');
  await expect(done.getByText('Late', { exact: true })).toBeVisible();
  await expect(done.getByRole('button')).toHaveCount(0);
  await lookAt(page, 'calendar-late');
});

test('on a phone a month is read day by day, and whoever may not publish only reads', async ({
  staff,
  hillside,
  request,
}) => {
  await planMuch(request, hillside);
  const page = await staff('reviewer', phone);
  await page.goto(`/admin/calendar?month=${nextMonth(1, '').slice(0, 7)}`);
  await expect(item(page, 'Open house in the new wing')).toHaveCount(2);
  await expect(page.getByRole('table')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Call off/ })).toHaveCount(0);
  await lookAt(page, 'calendar');
  await page.getByRole('button', { name: 'Next month' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing is planned this month.' })).toBeVisible();
  await lookAt(page, 'calendar-empty');
});
