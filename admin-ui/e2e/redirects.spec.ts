import { desktop, lookAt, phone } from './support/screens';
import { expect, test } from './support/test';

for (const device of [desktop, phone]) {
  test(`redirects are made, changed, imported and deleted at ${device.viewport?.width} px`, async ({
    staff,
    request,
  }) => {
    const page = await staff('editor', device);
    await page.goto('/admin/redirects');
    await expect(page.getByText('No redirects yet')).toBeVisible();

    await page.getByRole('button', { name: 'New redirect' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Old address' }).fill('/admissions');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByText(/^“Admissions” is public at \/admissions/)).toBeVisible();
    await expect(dialog.getByText(/^Say where it leads/)).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Old address' }).fill('/get-help/');
    await dialog.getByRole('textbox', { name: 'Page or therapy' }).fill('admissions');
    await page.getByRole('option', { name: /^Admissions/ }).click();
    await lookAt(page, 'redirect');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('/get-help leads there now.')).toBeVisible();
    const answer = await request.get('/get-help', { maxRedirects: 0 });
    expect([answer.status(), answer.headers()['location']]).toEqual([301, '/admissions']);

    await page.getByRole('button', { name: 'Import…' }).click();
    const importing = page.getByRole('dialog', { name: 'Import redirects' });
    await importing
      .getByRole('textbox', { name: 'Table' })
      .fill('from\tto\n/shop\thttps://shop.example.org/\t302\n/get-help\t/about\n/old\t/nowhere\n');
    await importing.getByRole('button', { name: 'Look it through' }).click();
    await expect(importing.getByText('1 redirect would be added, 1 redirect would lead elsewhere.')).toBeVisible();
    await expect(importing.getByText('There is no page at /nowhere. Choose one that is there.')).toBeVisible();
    await lookAt(page, 'redirects-import');
    await importing.getByRole('button', { name: 'Import 2 redirects' }).click();
    await expect(page.getByText('Imported 2 redirects.')).toBeVisible();
    await expect(page.getByRole('row', { name: /\/shop/ })).toContainText('For now');
    await expect(page.getByRole('row', { name: /\/get-help/ })).toContainText('/about');
    await lookAt(page, 'redirects');

    await page.getByRole('searchbox', { name: 'Search redirects' }).fill('shop');
    await expect(page).toHaveURL(/q=shop/);
    await expect(page.getByRole('row', { name: /\/get-help/ })).toBeHidden();
    await page.getByRole('button', { name: 'Change the redirect from /shop' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('No redirect matches')).toBeVisible();
    expect((await request.get('/shop', { maxRedirects: 0 })).status()).toBe(404);
  });
}
