import { expect, forBoth, test } from './support/test';

forBoth((example) => {
  test('a token shows the draft, to nobody else and to no cache', async ({ page, request, staff }) => {
    const slug = `draft-${example}`;
    const id = await staff.createPage(slug, { title: 'As published' });
    await staff.publish(id);
    await staff.saveDraft(id, { title: 'As drafted' });
    await page.goto(`/${slug}`);
    const title = page.getByRole('heading', { level: 1 });
    await expect(title).toHaveText('As published');

    const token = await staff.previewToken(id);
    const answer = await page.goto(`/api/preview?token=${token}&path=/${slug}`);
    await expect(page).toHaveURL(new RegExp(`/${slug}$`));
    await expect(title).toHaveText('As drafted');
    await expect(page.getByRole('note')).toContainText('You see a draft');
    expect(answer?.headers()['cache-control']).toBe('private, no-store');
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ name: 'preview', value: token, httpOnly: true, sameSite: 'Lax' });

    await staff.saveDraft(id, { title: 'As drafted again' });
    await page.reload();
    await expect(title).toHaveText('As drafted again');
    expect(await (await request.get(`/${slug}`)).text()).toContain('As published');

    await page.getByRole('link', { name: 'Leave the preview' }).click();
    await page.goto(`/${slug}`);
    await expect(title).toHaveText('As published');
    await expect(page.getByRole('note')).toHaveCount(0);
  });

  test('a page that was never published is shown by its token alone', async ({ page, staff }) => {
    const slug = `unpublished-${example}`;
    const id = await staff.createPage(slug, { title: 'Not yet' });
    expect((await page.goto(`/${slug}`))?.status()).toBe(404);
    await page.goto(`/api/preview?token=${await staff.previewToken(id)}&path=/${slug}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not yet');
  });

  test('a token that is none opens nothing, and no link leads elsewhere', async ({ request, staff }) => {
    const none = await request.get('/api/preview?token=nothing&path=/about', { maxRedirects: 0 });
    expect(none.status()).toBe(401);
    expect(none.headers()['set-cookie']).toBeUndefined();
    const token = await staff.previewToken(await staff.createPage(`elsewhere-${example}`, { title: 'Elsewhere' }));
    for (const path of ['https://example.com', '//example.com', '/\\example.com', '/\t/example.com']) {
      const answer = await request.get(`/api/preview?token=${token}&path=${encodeURIComponent(path)}`, {
        maxRedirects: 0,
      });
      expect(answer.headers()['location'], path).toBe('/');
    }
  });
});
