import type { Page } from '@playwright/test';
import { type Account, password } from './support/hillside';
import { expect, signIn, test } from './support/test';

const owner: Account = { name: 'Ona Brooks', email: 'ona@example.org', password };

const nameField = (page: Page) => page.getByLabel('Your name');
const emailField = (page: Page) => page.getByLabel('E-mail');
const passwordField = (page: Page) => page.getByLabel('Password', { exact: true });
const shell = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const accountOf = (page: Page, { name }: Account) => page.getByRole('button', { name: `Account of ${name}` });

const fillInOwner = async (page: Page, { name, email, password }: Account) => {
  await nameField(page).fill(name);
  await emailField(page).fill(email);
  await passwordField(page).fill(password);
};

const signOut = async (page: Page, account: Account) => {
  await accountOf(page, account).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/admin/login');
};

test('the printed link makes the owner and leads into the shell', async ({ page, hillside }) => {
  await page.goto(hillside.ownerLink);
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await fillInOwner(page, owner);
  await page.getByRole('button', { name: 'Create the owner' }).click();
  await expect(page).toHaveURL('/admin/leads');
  await expect(shell(page).getByRole('link', { name: 'Pages' })).toBeVisible();
  await expect(accountOf(page, owner)).toContainText('Owner');
});

test('a weak password is explained at its field, and nothing else is lost', async ({ page, hillside }) => {
  await page.goto(hillside.ownerLink);
  await fillInOwner(page, { ...owner, password: 'too short' });
  await expect(passwordField(page)).toHaveAccessibleDescription('3 more characters needed.');
  await page.getByRole('button', { name: 'Create the owner' }).click();
  await expect(passwordField(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(passwordField(page)).toHaveAccessibleDescription(/Use at least 12 characters\./);

  await passwordField(page).fill('ona-brooks-for-ever');
  await page.getByRole('button', { name: 'Create the owner' }).click();
  await expect(passwordField(page)).toHaveAccessibleDescription(
    /Choose a password without your name or e-mail address in it\./,
  );
  await expect(nameField(page)).toHaveValue(owner.name);
  await expect(emailField(page)).toHaveValue(owner.email);

  await passwordField(page).fill(owner.password);
  await page.getByRole('button', { name: 'Create the owner' }).click();
  await expect(shell(page)).toBeVisible();
});

test('a link works once, and says so afterwards', async ({ page, hillside, open }) => {
  const late = await open();
  await late.goto(hillside.ownerLink);
  await expect(late.getByRole('heading', { name: 'Welcome' })).toBeVisible();

  await page.goto(hillside.ownerLink);
  await fillInOwner(page, owner);
  await page.getByRole('button', { name: 'Create the owner' }).click();
  await expect(shell(page)).toBeVisible();

  await fillInOwner(late, { ...owner, email: 'late@example.org' });
  await late.getByRole('button', { name: 'Create the owner' }).click();
  await expect(late.getByRole('alert')).toHaveText(/This link was used already/);
  await expect(late.getByRole('alert')).toBeFocused();

  const again = await open();
  await again.goto(hillside.ownerLink);
  await expect(again.getByRole('heading', { name: 'This centre already has an owner' })).toBeVisible();
  await again.getByRole('link', { name: 'Sign in' }).click();
  await signIn(again, owner);
});

test('a link without its token says what is missing', async ({ page }) => {
  await page.goto('/admin/setup');
  await expect(page.getByRole('heading', { name: 'This link is not complete' })).toBeVisible();
});

test('one signs out, is let in by the right password only, and comes back to where one was going', async ({
  page,
  hillside,
}) => {
  const editor = await hillside.account('editor');
  await signIn(page, editor);
  await signOut(page, editor);

  await page.goto('/admin/therapies?status=LIVE');
  await expect(page).toHaveURL(/\/admin\/login\?next=/);
  await emailField(page).fill(editor.email);
  await passwordField(page).fill('a fir by the lake');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText(
    'No account has this e-mail address and password. Check both and try again.',
  );
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(emailField(page)).toHaveValue(editor.email);

  await passwordField(page).fill(editor.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Therapies' })).toBeVisible();
  await expect(page).toHaveURL('/admin/therapies?status=LIVE');
});

test('an account nobody has is refused in the same words as a wrong password', async ({ page }) => {
  await page.goto('/admin/login');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(emailField(page)).toHaveAccessibleDescription('Enter your e-mail address.');
  await expect(passwordField(page)).toHaveAccessibleDescription('Enter your password.');
  await emailField(page).fill('nobody@example.org');
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText(
    'No account has this e-mail address and password. Check both and try again.',
  );
});

test('a session outlives a reload in a cookie that no script reads', async ({ page, context, hillside }) => {
  const editor = await hillside.account('editor');
  await signIn(page, editor);
  await page.reload();
  await expect(accountOf(page, editor)).toBeVisible();

  const cookies = await context.cookies();
  expect(cookies).toHaveLength(1);
  expect(cookies[0]).toMatchObject({
    name: '__Host-hillside_rt',
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'Strict',
  });
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
  expect(kept).not.toContain('eyJ');
});

test('two tabs share a session, and leaving one leaves both', async ({ page, context, hillside }) => {
  const editor = await hillside.account('editor');
  await signIn(page, editor);
  const second = await context.newPage();
  await second.goto('/admin');
  await expect(accountOf(second, editor)).toBeVisible();
  // Each start replaces the cookie: both tabs still have theirs.
  await Promise.all([page.reload(), second.reload()]);
  await expect(accountOf(page, editor)).toBeVisible();
  await expect(accountOf(second, editor)).toBeVisible();

  await signOut(page, editor);
  await expect(second).toHaveURL('/admin/login');
  await signIn(second, editor);
});

test('one signs in and finds the way by keyboard alone', async ({ page, hillside }) => {
  const editor = await hillside.account('editor');
  await page.goto('/admin/login');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  const keys = page.keyboard;
  await keys.press('Tab');
  await expect(emailField(page)).toBeFocused();
  await keys.type(editor.email);
  await keys.press('Tab');
  await expect(passwordField(page)).toBeFocused();
  await keys.type(editor.password);
  await keys.press('Enter');
  await expect(shell(page)).toBeVisible();

  await keys.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await keys.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await keys.press('3');
  await expect(page.getByRole('heading', { name: 'Therapies' })).toBeVisible();
  await keys.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await keys.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});
