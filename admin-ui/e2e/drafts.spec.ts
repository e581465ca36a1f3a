import type { Page, Route } from '@playwright/test';
import { article, openArticle, saveNow, state, title } from './support/article';
import { expectAccessible } from './support/axe';
import { desktop, lookAt, phone } from './support/screens';
import { expect, signIn, test } from './support/test';

const summary = (page: Page) => page.getByRole('textbox', { name: 'Summary', exact: true });
const versions = (page: Page) => page.getByRole('list', { name: 'Saved versions, newest first' }).getByRole('listitem');
const leave = (page: Page) => page.getByRole('main').getByRole('link', { name: 'Pages' }).click();

test('what is written is saved by itself, and a version is made on request', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await openArticle(page);
  await title(page).fill('Written');
  await expect(state(page)).toHaveText('Unsaved changes');
  await expect(state(page)).toHaveText(/^Saved/);
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(versions(page)).toHaveText([/On the way to version 3.*Latest/, /Version 2.*Live/, /Version 1/]);
  await saveNow(page);
  await expect(versions(page).first()).toHaveText(/Version 3.*Latest/);
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await page.getByRole('button', { name: 'Show autosaves' }).click();
  await expect(versions(page)).toHaveText([/Version 3/, /On the way to version 3/, /Version 2/, /Version 1/]);
  await lookAt(page, 'history-autosaves');

  // Leaving needs no question: what was typed last is sent.
  await summary(page).fill('Typed last.');
  await leave(page);
  await page.getByRole('link', { name: 'Written' }).click();
  await expect(summary(page)).toHaveValue('Typed last.');
});

test('the server dies in the middle, and nothing is lost', async ({ staff, hillside, watch }) => {
  watch.expects(/ERR_CONNECTION_REFUSED|Failed to fetch|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/);
  const page = await staff('editor', desktop);
  await openArticle(page);
  await hillside.kill();
  await title(page).fill('Written without a server');
  await expect(page.getByText(/^The server cannot be reached\. Go on writing/)).toBeVisible();
  await summary(page).fill('And then some.');
  await lookAt(page, 'offline');
  await hillside.startAgain();
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(state(page)).toHaveText(/^Saved/);
  await expect(page.getByText(/^The server cannot be reached\. Go on writing/)).toBeHidden();
  await page.reload();
  await expect(title(page)).toHaveValue('Written without a server');
  await expect(summary(page)).toHaveValue('And then some.');
});

test('a window that was closed without a connection is taken up again', async ({ staff, hillside, watch }) => {
  watch.expects(/ERR_CONNECTION_REFUSED|Failed to fetch|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/);
  const page = await staff('editor', desktop);
  await openArticle(page);
  const address = page.url();
  await hillside.kill();
  await title(page).fill('Written without a server');
  await expect(page.getByText(/^The server cannot be reached\. Go on writing/)).toBeVisible();
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const question = await asked;
  expect(question.type()).toBe('beforeunload');
  const gone = page.waitForEvent('close');
  await question.accept();
  await gone;
  await hillside.startAgain();
  const again = await page.context().newPage();
  await again.goto(address);
  await expect(again.getByText('What you had written and could not send is back.')).toBeVisible();
  await expect(title(again)).toHaveValue('Written without a server');
  await expect(state(again)).toHaveText(/^Saved/);
});

test('signing out in one window leaves the unsaved words of another where they are', async ({
  staff,
  hillside,
  watch,
}) => {
  watch.expects(/ERR_FAILED/);
  const page = await staff('editor', desktop);
  await openArticle(page);
  const address = page.url();
  const other = await page.context().newPage();
  await other.goto('/admin/media');
  const signOut = async (meanwhile = () => {}) => {
    await other.getByRole('button', { name: 'Account of Edda Field' }).click();
    await other.getByRole('button', { name: 'Sign out' }).click();
    meanwhile();
    await expect(other).toHaveURL('/admin/login');
  };
  const ended = page.getByRole('dialog', { name: 'Your session has ended' });
  const signInAgain = async () => {
    await ended.getByLabel('Password', { exact: true }).fill((await hillside.account('editor')).password);
    await ended.getByRole('button', { name: 'Sign in' }).click();
    await expect(ended).toBeHidden();
    await expect(state(page)).toHaveText(/^Saved/, { timeout: 2_000 });
    await expect(page.getByText(/^The server cannot be reached/)).toBeHidden();
    expect(page.url()).toBe(address);
  };

  const savesGo = (how: (route: Route) => Promise<void>) =>
    page.route('/admin/graphql', (route) =>
      route.request().postData()?.includes('mutation SaveDraft') ? how(route) : route.continue(),
    );

  // Just typed: it is sent before the session ends.
  let go = () => {};
  const going = new Promise<void>((resolve) => {
    go = resolve;
  });
  await savesGo((route) => going.then(() => route.continue()));
  await title(page).fill('Typed a moment ago');
  await signOut(go);
  await expect(ended).toBeVisible();
  await expect(state(page)).toHaveText(/^Saved/);
  await page.unroute('/admin/graphql');
  await signInAgain();
  await expect(title(page)).toHaveValue('Typed a moment ago');

  // Saves are failing: it stays on this device, though signing out clears what is stored.
  await other.goto('/admin/media');
  await savesGo((route) => route.abort());
  await title(page).fill('Written while saving failed');
  await expect(page.getByText(/^The server cannot be reached/)).toBeVisible();
  await signOut();
  await expect(ended).toBeVisible();
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          new Promise<string>((resolve) => {
            const opening = indexedDB.open('hillside-drafts');
            opening.onsuccess = () => {
              const all = opening.result.transaction('unconfirmed').objectStore('unconfirmed').getAll();
              all.onsuccess = () => {
                opening.result.close();
                resolve(JSON.stringify(all.result));
              };
            };
          }),
      ),
    )
    .toContain('Written while saving failed');
  await page.unroute('/admin/graphql');
  await signInAgain();
  await page.reload();
  await expect(title(page)).toHaveValue('Written while saving failed');

  // Somebody else signs in: nothing of it is shown to them, nor sent as theirs.
  await other.goto('/admin/media');
  await savesGo((route) => route.abort());
  await title(page).fill('Only for Edda');
  await signOut();
  await expect(ended).toBeVisible();
  await signIn(other, await hillside.account('owner'));
  await expect(page.getByRole('button', { name: 'Account of Ona Brooks' })).toBeVisible();
  await expect(page.getByText('Only for Edda')).toBeHidden();
});

test('two people write on one page, see each other, and lose nothing', async ({ staff, watch }) => {
  watch.expects(/ERR_INTERNET_DISCONNECTED/);
  const ada = await staff('editor', desktop);
  await openArticle(ada);
  const bea = await staff('owner', desktop);
  await bea.goto(ada.url());
  await expect(title(bea)).toHaveValue(article);
  await expect(bea.getByRole('list', { name: 'Also here' }).getByRole('button')).toHaveAccessibleName(/^Edda Field/);

  // In different places: it comes together by itself.
  await title(ada).fill('Title of Edda');
  await expect(state(ada)).toHaveText(/^Saved/);
  await summary(bea).fill('Summary of Ona.');
  await expect(title(bea)).toHaveValue('Title of Edda');
  await expect(summary(bea)).toHaveValue('Summary of Ona.');
  await expect(summary(ada)).toHaveValue('Summary of Ona.', { timeout: 20_000 });

  // In the same place, at once: the second one chooses.
  await bea.context().setOffline(true);
  await title(bea).fill('Title of Ona');
  await expect(bea.getByText(/^The server cannot be reached\. Go on writing/)).toBeVisible();
  await title(ada).fill('Another title of Edda');
  await saveNow(ada);
  await bea.context().setOffline(false);
  const choice = bea.getByRole('dialog', { name: 'Edda Field wrote in the same place' });
  await expect(choice).toContainText('Another title of Edda');
  await expect(choice).toContainText('Title of Ona');
  await lookAt(bea, 'conflict');
  await expectAccessible(bea);
  await choice.getByText('Keep Edda Field’s').click();
  await choice.getByRole('button', { name: 'Save this' }).click();
  await expect(title(bea)).toHaveValue('Another title of Edda');
  await expect(state(bea)).toHaveText(/^Saved/);
  // What was given up is kept aside, and can be put back.
  await bea.getByRole('status').getByRole('button', { name: 'Show it' }).click();
  await bea.getByRole('button', { name: 'Put mine back' }).click();
  await expect(title(bea)).toHaveValue('Title of Ona');
  await expect(title(ada)).toHaveValue('Title of Ona', { timeout: 20_000 });
});

test('a colleague is shown at the block they are in, and moves with them', async ({ staff }) => {
  const ada = await staff('editor', desktop);
  await openArticle(ada);
  const bea = await staff('owner', desktop);
  await bea.goto(ada.url());
  await expect(title(bea)).toHaveValue(article);
  const blocks = (page: Page) => page.getByRole('list', { name: 'Blocks' }).locator('[data-block]');
  const edda = (place: number) => blocks(bea).nth(place).getByRole('img', { name: 'Edda Field is here' });
  const write = async (place: number) => {
    await blocks(ada).nth(place).hover();
    await blocks(ada).nth(place).locator('[data-block-name]').click();
  };

  await write(1);
  await expect(edda(1)).toBeVisible({ timeout: 20_000 });
  await expect(edda(1)).toHaveText('EF');
  await edda(1).hover();
  await expect(bea.getByRole('tooltip')).toHaveText('Edda Field is here');
  await expectAccessible(bea);
  await lookAt(bea, 'presence');
  await bea.setViewportSize({ width: 390, height: 844 });
  await edda(1).scrollIntoViewIfNeeded();
  await lookAt(bea, 'presence');

  // A window that was reloaded is gone at once: nobody stands at a block twice, nor beside themselves.
  await ada.reload();
  await expect(title(ada)).toHaveValue(article);
  await expect(ada.getByRole('list', { name: 'Also here' }).getByRole('button')).toHaveAccessibleName(/^Ona/);
  await expect(edda(1)).toHaveCount(0, { timeout: 20_000 });

  await write(3);
  await expect(edda(3)).toBeVisible({ timeout: 20_000 });
  await expect(edda(1)).toHaveCount(0);
  await leave(ada);
  await expect(edda(3)).toHaveCount(0, { timeout: 20_000 });
});

test('what the server refuses is not left behind without a question', async ({ staff }) => {
  const page = await staff('editor', phone);
  await openArticle(page);
  await title(page).fill('');
  await expect(state(page)).toHaveText('Not saved: mend 1 thing first');
  await page.getByRole('main').getByRole('link', { name: 'Pages' }).click();
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay here' }).click();
  await title(page).fill('A title again');
  await expect(state(page)).toHaveText(/^Saved/);
});

test('a draft goes back to what is public, and comes back from it', async ({ staff }) => {
  const page = await staff('editor', desktop);
  await openArticle(page);
  await title(page).fill('Another title');
  await expect(state(page)).toHaveText(/^Saved/);
  const discard = async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Discard changes/ }).click();
    await page.getByRole('button', { name: 'Discard changes', exact: true }).click();
  };
  await discard();
  await expect(title(page)).toHaveValue(article);
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect(title(page)).toHaveValue('Another title');

  await discard();
  await expect(title(page)).toHaveValue(article);
  await expect(state(page)).toHaveText(/^Saved/);
  await expect(page.getByText('Unpublished changes')).toBeHidden();
  await page.reload();
  await expect(title(page)).toHaveValue(article);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /^Discard changes/ })).toHaveCount(0);
});
