import { readFile } from 'node:fs/promises';
import { type APIRequestContext, expect as expectThat, type Page } from '@playwright/test';
import type { Hillside } from './support/hillside';
import { desktop, expectRoomForFingers, lookAt, phone } from './support/screens';
import { staffAsks } from './support/staffApi';
import { expect, test } from './support/test';

const wordings = '{ leadForm(key: "confidential") { consent { id } } }';
const submit =
  'mutation ($input: SubmitLeadInput!) { submitLead(input: $input) { receipt { reference } userErrors { message } } }';
const open = '{ leads(first: 100) { nodes { id } } }';
const page = '{ pages(first: 100) { nodes { id path } } }';
const call = 'mutation ($input: LogCallInput!) { logCall(input: $input) { lead { version } userErrors { message } } }';
const care =
  'mutation ($input: SetLeadLevelOfCareInput!) { setLeadLevelOfCare(input: $input) { lead { version } userErrors { message } } }';
const insure =
  'mutation ($input: UpdateLeadInsuranceInput!) { updateLeadInsurance(input: $input) { lead { version } userErrors { message } } }';
const move = 'mutation ($input: ChangeLeadStatusInput!) { changeLeadStatus(input: $input) { userErrors { message } } }';

const people = 12;
const reached = 7;
const qualified = 5;

/** People write from a page; some are reached, and some of those can be helped. */
const write = async (request: APIRequestContext, hillside: Hillside) => {
  const visits = async (query: string, variables: object = {}) =>
    (await (await request.post('/graphql', { data: { query, variables } })).json()).data;
  const { id: consent } = (await visits(wordings)).leadForm.consent;
  for (let at = 0; at < people; at++) {
    const input = {
      idempotencyKey: crypto.randomUUID(),
      form: 'confidential',
      name: 'Sample Visitor',
      contact: { phone: '(781) 555-0142' },
      sourcePath: '/ketamine-side-effects',
      placement: at % 3 === 0 ? 'start' : 'end',
      consents: [{ text: consent, accepted: true, scopes: ['CALL'] }],
    };
    const { submitLead } = await visits(submit, { input });
    expectThat(submitLead.userErrors).toEqual([]);
  }
  const asks = await staffAsks(request, hillside, 'admissions');
  const leads: { id: string }[] = (await asks(open, {})).leads.nodes;
  const nextActionAt = new Date(Date.now() + 3_600_000).toISOString();
  for (const [at, { id }] of leads.slice(0, reached).entries()) {
    const input = { id, version: 1, outcome: 'REACHED', nextActionAt };
    const { logCall } = await asks(call, { input });
    expectThat(logCall.userErrors).toEqual([]);
    if (at >= qualified) continue;
    const level = { id, version: logCall.lead.version, levelOfCare: 'RESIDENTIAL' };
    const { setLeadLevelOfCare } = await asks(care, { input: level });
    const insurance = { id, version: setLeadLevelOfCare.lead.version, check: 'SELF_PAY' };
    const { updateLeadInsurance } = await asks(insure, { input: insurance });
    const { changeLeadStatus } = await asks(move, {
      input: { id, version: updateLeadInsurance.lead.version, status: 'QUALIFIED' },
    });
    expectThat(changeLeadStatus.userErrors).toEqual([]);
  }
};

const part = (of: Page, name: string) => of.getByRole('region', { name, exact: true });
const row = (of: Page, name: string, cells: string) => of.getByRole('row', { name: `${name} ${cells}`, exact: true });

for (const device of [desktop, phone]) {
  test(`numbers say where people come from and how far they get, at ${device.viewport?.width} px`, async ({
    request,
    hillside,
    staff,
  }) => {
    const admissions = await staff('admissions', device);
    await admissions.getByRole('link', { name: 'Reports' }).click();
    await expect(admissions.getByRole('heading', { name: 'Nobody wrote on these days' })).toBeVisible();
    await lookAt(admissions, 'reports-empty');

    await write(request, hillside);
    await admissions.reload();
    await expect(part(admissions, 'Altogether').getByText('12', { exact: true })).toBeVisible();
    await expect(row(admissions, 'Received', '12 100 %')).toBeVisible();
    await expect(row(admissions, 'Reached', '7 58 %')).toBeVisible();
    await expect(row(admissions, 'Qualified', '5 42 %')).toBeVisible();
    await expect(part(admissions, 'From which page').getByRole('row')).toHaveCount(2);
    await expect(row(admissions, 'end', '8 ')).toHaveCount(0);
    await expect(part(admissions, 'From which place on it').getByRole('row', { name: /^end 8 / })).toBeVisible();
    await expect(part(admissions, 'By colleague').getByRole('row', { name: /^Ines Haven 7 / })).toBeVisible();
    await lookAt(admissions, 'reports');
    if (device === phone) await expectRoomForFingers(admissions);
    const { width = 0, height = 0 } = device.viewport ?? {};
    await admissions.setViewportSize({ width, height: 2_600 });
    await lookAt(admissions, 'reports-whole');
    await admissions.setViewportSize({ width, height });

    const handed = admissions.waitForEvent('download');
    await part(admissions, 'How far they got').getByRole('button', { name: 'How far they got as CSV' }).click();
    const file = await handed;
    expect(file.suggestedFilename()).toMatch(/^leads-funnel-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
    expect(await readFile(await file.path(), 'utf8')).toBe(
      '\uFEFFGot at least to,People\r\nReceived,12\r\nAttempted,7\r\nReached,7\r\nQualified,5\r\nScheduled,0\r\nAdmitted,0\r\n',
    );

    await admissions.getByText('As a table').press('Enter');
    await expect(part(admissions, 'Received').getByRole('row')).toHaveCount(31);
    await admissions.getByLabel('Days', { exact: true }).selectOption('Last 7 days');
    await admissions.getByText('As a table').press('Enter');
    await expect(part(admissions, 'Received').getByRole('row')).toHaveCount(8);
    await expect(admissions).toHaveURL(/\/admin\/reports\?span=%227%22$|\/admin\/reports\?span=7$/);
    await admissions.getByLabel('Days', { exact: true }).selectOption('Days of my own');
    await admissions.getByLabel('From', { exact: true }).fill('2020-01-02');
    await expect(admissions.getByText('Choose 366 days at the most.')).toBeVisible();
    await admissions.getByLabel('To', { exact: true }).fill('2020-01-01');
    await expect(admissions.getByText('Choose the same day or a later one.')).toBeVisible();
    await lookAt(admissions, 'reports-own');
    await admissions.getByLabel('To', { exact: true }).fill('2020-12-31');
    await expect(admissions.getByRole('heading', { name: 'Nobody wrote on these days' })).toBeVisible();
    await admissions.reload();
    await expect(admissions.getByLabel('From', { exact: true })).toHaveValue('2020-01-02');

    const auditor = await staff('auditor', device);
    await auditor.goto('/admin/reports');
    await expect(auditor.getByText('Numbers are rounded down to a multiple of five')).toBeVisible();
    await expect(row(auditor, 'Received', '10 100 %')).toBeVisible();
    await expect(row(auditor, 'Admitted', 'under 5 –')).toBeVisible();
    await lookAt(auditor, 'reports-rounded');

    const editor = await staff('editor', device);
    const asks = await staffAsks(request, hillside, 'editor');
    const pages: { id: string; path: string }[] = (await asks(page, {})).pages.nodes;
    const source = pages.find(({ path }) => path === '/ketamine-side-effects');
    await editor.goto(`/admin/pages/${source?.id}`);
    if (device === phone) await editor.getByRole('button', { name: 'Details' }).click();
    await editor.getByRole('tab', { name: 'Details' }).click();
    await expect(editor.getByText('Leads from this page: 10 or more, 5 or more qualified (90 days)')).toBeVisible();
    await lookAt(editor, 'page-leads');
    await editor.goto('/admin/reports');
    await expect(editor.getByRole('heading', { name: 'Reports are not for your role' })).toBeVisible();
    expect(hillside.log).not.toMatch(/Sample|555-?0142/);
  });
}
