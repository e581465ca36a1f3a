import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { APIRequestContext, Page } from '@playwright/test';
import { expectFlawless } from './support/axe';
import type { Hillside } from './support/hillside';
import { expectNoSidewaysScroll, settle } from './support/screens';
import { staffAsks } from './support/staffApi';
import { expect, test } from './support/test';
import { fillIn, openForm, send, sendLead, visitor } from './support/visitor';

/* A visitor's browser works while they write; whoever's did not is taken in all the same, and staff settle what looks like spam. */

const withoutScript = { javaScriptEnabled: false };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const strip = (page: Page) => page.getByRole('note', { name: 'Why this may be spam' });
const openOnly = async (page: Page) => {
  await page.goto('/admin/leads');
  await page.getByRole('region', { name: 'Leads' }).getByRole('link', { name: 'S••••• V••••••' }).click();
};

/** The signs in the only lead there is, as staff are given them. */
const signsOf = async (request: APIRequestContext, hillside: Hillside): Promise<string[]> => {
  const ask = await staffAsks(request, hillside, 'admissions');
  const { leads } = await ask('{ leads { nodes { spamReasons } } }', {});
  expect(leads.nodes).toHaveLength(1);
  return leads.nodes[0].spamReasons;
};

test('a browser works while somebody writes, and nothing waits for it', async ({ open, request, hillside }) => {
  const page = await open();
  const { form, drawn } = await openForm(page);
  const proof = form.locator('input[name="altcha"]');
  await expect(proof).toHaveValue('');
  await form.getByLabel('Your name').focus();
  // Typing goes on meanwhile.
  await fillIn(form, visitor);
  await expect(proof).toHaveValue(/^[A-Za-z0-9+/]{400,}=*$/, { timeout: 30_000 });
  await send(form, drawn);
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  expect(await signsOf(request, hillside)).toEqual([]);
});

test('whoever sends before the browser is done, or has no script, is taken in', async ({ open, request, hillside }) => {
  const page = await open();
  await page.route('**/forms/challenge', () => {});
  await sendLead(page);
  expect(await signsOf(request, hillside)).toEqual(['NO_PROOF']);
});

test('without JavaScript the form is what it was', async ({ open, request, hillside }) => {
  await sendLead(await open(withoutScript));
  expect(await signsOf(request, hillside)).toEqual(['NO_PROOF']);
});

/** A front end of one's own with the widget that ALTCHA publishes. */
const frontEnd = (url: string) => `<!doctype html><html lang="en"><title>Write to us</title>
  <script type="module" src="/altcha.js"></script>
  <form><label>Your name <input name="name"></label>
    <altcha-widget challenge="${url}/forms/challenge" auto="onfocus" configuration='{"humanInteractionSignature": false}'></altcha-widget>
    <button>Send</button></form></html>`;

const submit = async (hillside: Hillside, proof: string) => {
  const ask = async (query: string, variables: object) => {
    const body = JSON.stringify({ query, variables });
    const answer = await fetch(`${hillside.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return (await answer.json()).data;
  };
  const { leadForm } = await ask('{ leadForm(key: "confidential") { consent { id } } }', {});
  const input = {
    idempotencyKey: crypto.randomUUID(),
    form: 'confidential',
    name: visitor.name,
    contact: { phone: visitor.phone },
    sourcePath: '/',
    consents: [{ text: leadForm.consent.id, accepted: true, scopes: ['CALL'] }],
    proof,
  };
  const { submitLead } = await ask(
    'mutation ($input: SubmitLeadInput!) { submitLead(input: $input) { receipt { reference } userErrors { message } } }',
    { input },
  );
  expect(submitLead.userErrors).toEqual([]);
};

test('what ALTCHA’s own widget makes of a challenge is a proof', async ({ open, request, hillside }) => {
  const page = await open();
  const widget = await readFile(fileURLToPath(import.meta.resolve('altcha')), 'utf8');
  await page.route('**/own', (route) => route.fulfill({ contentType: 'text/html', body: frontEnd(hillside.url) }));
  await page.route('**/altcha.js', (route) => route.fulfill({ contentType: 'text/javascript', body: widget }));
  await page.goto('/own');
  await page.getByLabel('Your name').fill(visitor.name);
  const proof = page.locator('input[name="altcha"]');
  await expect(proof).toHaveValue(/^[A-Za-z0-9+/]{400,}=*$/, { timeout: 30_000 });
  await submit(hillside, await proof.inputValue());
  // No form that Hillside drew, and the work done.
  expect(await signsOf(request, hillside)).toEqual(['NO_TOKEN']);
});

for (const [screen, options] of Object.entries({ desk: {}, phone })) {
  test(`staff say of a suspect that it is a person, or was never one, on a ${screen}`, async ({ open, staff }) => {
    const machine = await open(withoutScript);
    const { form, drawn } = await openForm(machine);
    await fillIn(form, { ...visitor, message: 'We offer SEO services.' });
    await send(form, drawn);
    const page = await staff('admissions', options);
    await openOnly(page);
    await expect(strip(page)).toHaveText(
      /^Looks like spam: the browser did none of the work it is asked for; words that sell something\./,
    );
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await settle(page);
      await expectFlawless(page);
      await page.screenshot({ path: `test-results/spam-${screen}-${colorScheme}.png` });
    }
    await expectNoSidewaysScroll(page);
    await strip(page).getByRole('button', { name: 'Spam', exact: true }).click();
    await expect(page.getByText(/is closed as spam\./)).toBeVisible();
    await expect(strip(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText(/is open again\.$/)).toBeVisible();

    await page.getByRole('button', { name: 'More', exact: true }).click();
    await expect(page.getByRole('menuitem', { name: 'Close as spam' })).toBeVisible();
    await page.getByRole('menuitem', { name: 'It is not spam' }).click();
    await expect(page.getByText(/is not spam: it waits for an answer like any other\.$/)).toBeVisible();
    await expect(strip(page)).toHaveCount(0);
    await expect(page.getByText('You said that it is not spam')).toBeVisible();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await expect(page.getByRole('menuitem', { name: 'It is not spam' })).toHaveCount(0);
  });
}
