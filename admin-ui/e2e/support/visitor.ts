import { expect, type Locator, type Page } from '@playwright/test';

/** Somebody made up; the number and the address belong to nobody. */
export const visitor = {
  name: 'Sample Visitor',
  phone: '(781) 555-0142',
  email: 'sample.visitor@example.com',
  message: 'My brother uses ketamine most days.\nHow does a detox begin?',
  insurance: 'Evergreen Mutual, I think',
  bestTime: 'weekdays after six',
};

export type Visitor = typeof visitor;

/** Nobody fills in a form faster; the server takes whoever does for a machine. */
const quickestPersonMs = 3_000;

/** The confidential form on the reference page, and when it was drawn. */
export const openForm = async (page: Page): Promise<{ form: Locator; drawn: number }> => {
  // Whoever writes does not wait for the pictures.
  await page.goto('/ketamine-side-effects', { waitUntil: 'domcontentloaded' });
  return { form: page.getByRole('region', { name: 'Ask us in confidence' }), drawn: Date.now() };
};

export const fillIn = async (form: Locator, person: Visitor): Promise<void> => {
  await form.getByLabel('Your name').fill(person.name);
  await form.getByLabel('Phone').fill(person.phone);
  await form.getByLabel('E-mail', { exact: false }).first().fill(person.email);
  await form.getByLabel('Message', { exact: false }).first().fill(person.message);
  await form.getByText('Age, insurance, how to reach you safely').click();
  await form.getByLabel('Somebody I care about').check();
  await form.getByLabel('Insurance').fill(person.insurance);
  await form.getByLabel('You may also send me text messages').check();
  await form.getByLabel('Best way to reach you').selectOption('A call');
  await form.getByLabel('Best time').fill(person.bestTime);
  await form.getByLabel('You may contact me about this request').check();
};

export const send = async (form: Locator, drawn = 0): Promise<void> => {
  await expect.poll(() => Date.now() - drawn, { intervals: [100] }).toBeGreaterThan(quickestPersonMs);
  await form.getByRole('button', { name: 'Send in confidence' }).click();
};

/** Writes in confidence, as a person does. */
export const sendLead = async (page: Page, person: Visitor = visitor): Promise<void> => {
  const { form, drawn } = await openForm(page);
  await fillIn(form, person);
  await send(form, drawn);
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
};
