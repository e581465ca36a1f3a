import { desktop, lookAt, phone } from './support/screens';
import { staffAsks } from './support/staffApi';
import { expect, test } from './support/test';

const check = '{ crisisCheck(text: "He took a blue flamingo") { dangers } }';

for (const device of [desktop, phone]) {
  test(`words of danger are tried, kept and looked for, at ${device.viewport?.width} px`, async ({
    staff,
    request,
  }) => {
    const page = await staff('owner', device);
    await page.goto('/admin/settings/phrases');
    const own = page.getByRole('textbox', { name: 'Words of danger: your own' });
    const save = page.getByRole('button', { name: 'Save “Words of danger”' });
    await expect(own).toBeVisible();
    await expect(save).toBeDisabled();
    await lookAt(page, 'phrases');

    const phrase = `blue flamingo ${device.viewport?.width}`;
    await own.fill(`[English: overdose]\n${phrase}\n.. end`);
    await page.getByRole('textbox', { name: 'Try a message for danger' }).fill(`He took a ${phrase}`);
    await expect(page.getByText('Found: an overdose.')).toBeVisible();
    await expect(page.getByText(/^Line 3: /)).toBeVisible();
    await lookAt(page, 'phrases-wrong');
    await save.click();
    await expect(page.getByRole('alert')).toContainText('Line 3: ');
    await expect(own).toBeFocused();

    await own.fill('[English: overdose]\nblue flamingo');
    await expect(page.getByText(/^Line 3: /)).toBeHidden();
    await save.click();
    await expect(page.getByText('Saved. It counts for whoever writes from now on.')).toBeVisible();
    const found = await (await request.post('/graphql', { data: { query: check } })).json();
    expect(found.data.crisisCheck.dangers).toEqual(['OVERDOSE']);
    await page.reload();
    await expect(own).toHaveValue('[English: overdose]\nblue flamingo');
    await page.getByText('Words of danger: what Hillside comes with').click();
    await expect(page.getByText('# Words of somebody who may be in danger now')).toBeVisible();

    await own.fill('');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Leads' }).click();
    await page
      .getByRole('dialog', { name: 'Leave without saving?' })
      .getByRole('button', { name: 'Stay here' })
      .click();
    await save.click();
    await expect(save).toBeDisabled();
  });
}

test('what a colleague saved meanwhile is not written over unseen', async ({ staff, request, hillside }) => {
  const page = await staff('owner');
  await page.goto('/admin/settings/phrases');
  const own = page.getByRole('textbox', { name: 'Words of whoever sells something: your own' });
  await own.fill('buy our mattresses');
  const asks = await staffAsks(request, hillside, 'owner');
  const lists = await asks('{ leadPhrases { kind version } }', {});
  const version = lists.leadPhrases.find(({ kind }: { kind: string }) => kind === 'SALES').version;
  await asks('mutation ($input: SaveLeadPhrasesInput!) { saveLeadPhrases(input: $input) { userErrors { message } } }', {
    input: { kind: 'SALES', version, own: 'their own words' },
  });
  await page.getByRole('button', { name: 'Save “Words of whoever sells something”' }).click();
  await expect(page.getByRole('alert')).toContainText('Somebody changed this list meanwhile');
  await expect(own).toHaveValue('buy our mattresses');
  await page.getByRole('button', { name: 'Read theirs' }).click();
  await expect(own).toHaveValue('their own words');
});
