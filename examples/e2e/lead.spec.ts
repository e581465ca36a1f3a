import { expect, forBoth, test } from './support/test';

forBoth(() => {
  test('the form says at its fields what to mend, then gives a reference', async ({ page }) => {
    await page.goto('/ketamine-side-effects');
    const form = page.locator('#form-middle');
    const key = () => form.locator('input[name="idempotencyKey"]').inputValue();
    const drawn = await key();
    await form.getByLabel(/^Message/).fill('How does a detox begin?\nI <3 my brother.');
    await form.getByLabel('Somebody I care about').check();
    const refused = page.waitForResponse((response) => response.request().method() === 'POST');
    await form.getByRole('button', { name: 'Send in confidence' }).click();
    expect((await refused).status()).toBe(422);
    await expect(page).toHaveURL(/#form-middle$/);

    const name = form.getByLabel('Your name');
    await expect(name).toHaveAttribute('aria-invalid', 'true');
    await expect(name).toHaveAccessibleDescription(/a first name is enough/);
    await expect(form.getByLabel('Phone')).toHaveAccessibleDescription(/^Give a phone number or an e-mail address/);
    await expect(form.getByLabel(/You may contact me/)).toHaveAccessibleDescription(/^Tick the box/);
    await expect(form.getByRole('alert').getByRole('link')).toHaveCount(3);
    await expect(form.getByLabel(/^Message/)).toHaveValue('How does a detox begin?\nI <3 my brother.');
    await expect(form.getByLabel('Somebody I care about')).toBeChecked();
    expect(await key(), 'a retry is known by its key').toBe(drawn);
    await expect(page.locator('#form [role="alert"]'), 'the other forms of the page are as they were').toHaveCount(0);

    await name.fill('Sample Visitor');
    await form.getByLabel('E-mail').fill('sample.visitor@example.com');
    await form.getByLabel(/You may also send me text messages/).check();
    await form.getByLabel('Phone').fill('(781) 555-0142');
    await form.getByLabel('Best way to reach you').selectOption('An e-mail');
    await form.getByLabel(/You may contact me/).check();
    const taken = page.waitForResponse((response) => response.request().method() === 'POST');
    await form.getByRole('button', { name: 'Send in confidence' }).click();
    expect((await taken).status()).toBe(200);
    expect((await taken).headers()['cache-control']).toBe('private, no-store');
    await expect(form.locator('[data-reference]')).toHaveText(/^HS-[0-9A-Z]{5,}$/);
    const reference = (await form.locator('[data-reference]').textContent()) ?? '';

    // Sent once more, as an impatient browser does, it is the same request.
    await page.reload();
    await expect(form.locator('[data-reference]')).toHaveText(reference);
  });

  test('each visitor gets a key of their own, kept page or not', async ({ request }) => {
    const keys = async () =>
      [
        ...(await (await request.get('/ketamine-side-effects')).text()).matchAll(
          /name="idempotencyKey" value="([^"]+)"/g,
        ),
      ].map(([, key]) => key);
    const all = [...(await keys()), ...(await keys())];
    expect(all.length).toBe(6);
    expect(new Set(all).size).toBe(6);
  });

  test('a form from another site is refused', async ({ request }) => {
    const answer = await request.post('/ketamine-side-effects', {
      headers: { origin: 'https://example.com' },
      form: { name: 'Sample Visitor' },
    });
    expect(answer.status()).toBe(403);
  });
});
