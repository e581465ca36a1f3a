import { hillside as connect, Visit } from '@hillside-examples/client';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { words } from './support/staff';
import { expect, forBoth, seePictures, test } from './support/test';

const reference = '/ketamine-side-effects';

/** The blocks of a page as Hillside answers them: what a front end has to show, and where. */
const blocksOf = async (url: string, path: string): Promise<string[][]> => {
  const { route } = (await connect(url)(Visit, { path })).data;
  if (route?.__typename !== 'Page') throw new Error(`There is no page at ${path}.`);
  return route.blocks.map(({ __typename, key }) => [__typename, key]);
};

const blocksIn = (page: Page): Promise<string[][]> =>
  page.locator('[data-block]').evaluateAll((all) => all.map((it) => [it.getAttribute('data-block') ?? '', it.id]));

const levels = (page: Page): Promise<number[]> =>
  page.locator('h1, h2, h3, h4, h5, h6').evaluateAll((all) => all.map((it) => Number(it.tagName.slice(1))));

forBoth(() => {
  test('the reference page shows every block of the answer, in order', async ({ page, hillside, complaints }) => {
    const answer = await page.goto(reference);
    expect(answer?.status()).toBe(200);
    const expected = await blocksOf(hillside.url, reference);
    expect(expected.length).toBeGreaterThan(30);
    expect(await blocksIn(page)).toEqual(expected);
    expect(await page.locator('script').count()).toBe(0);
    test.slow();
    await seePictures(page);
    expect(complaints).toEqual([]);
  });

  test('what the reference page says is there for machines too', async ({ page, hillside, complaints }) => {
    await page.goto(reference);
    await expect(page).toHaveTitle(/^Ketamine side effects, dangers and treatment/);

    const [first, ...rest] = await levels(page);
    expect(first).toBe(1);
    rest.reduce((before, level) => {
      expect(level, 'a heading steps down by one level at a time, and there is one h1').toBeLessThanOrEqual(before + 1);
      expect(level).toBeGreaterThan(1);
      return level;
    }, 1);

    const notice = page.locator('[data-block="EmergencyNoticeBlock"]');
    await expect(notice.getByRole('link', { name: 'Call 911' })).toHaveAttribute('href', 'tel:911');
    await expect(notice.getByRole('link', { name: 'Call 988' })).toHaveAttribute('href', 'tel:988');
    const call = page.locator('[data-block="CallToActionBlock"]');
    await expect(call.getByRole('link', { name: 'Call (781) 332-4135' })).toHaveAttribute('href', 'tel:+17813324135');

    const table = page.getByRole('table', { name: /^Ketamine in medical care/ });
    await expect(table.getByRole('columnheader')).toHaveText(['Factor', 'Medical use', 'Recreational misuse']);
    await expect(table.getByRole('rowheader')).toHaveCount(5);
    await expect(page.locator('[data-block="FaqBlock"] summary')).toHaveCount(5);

    const picture = page.locator('picture');
    await expect(picture.locator('source[type="image/avif"]')).toHaveAttribute(
      'srcset',
      new RegExp(`${hillside.url}/media/\\S+ 640w`),
    );
    await expect(picture.locator('img')).toHaveAttribute('width', '1600');
    await expect(picture.locator('img')).toHaveAttribute('height', '900');
    await expect(picture.locator('img')).toHaveAttribute('alt', /green hills/);
    expect(complaints).toEqual([]);
  });

  for (const width of [1280, 390]) {
    test(`nothing stands in the way of anybody at ${width} pixels`, async ({ page, complaints }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(reference);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await expectAccessible(page);
      expect(complaints).toEqual([]);
    });
  }

  test('kinds that the reference page lacks are shown, and text stays text', async ({
    page,
    staff,
    hillside,
    example,
    complaints,
  }) => {
    const sharedBlock = await staff.createSharedBlock(`Shared for ${example}`, {
      callout: { key: 'kept', tone: 'NOTE', heading: 'Kept in the library', body: words('For several pages.') },
    });
    const { person, location } = await idsOf(hillside.url);
    const title = 'Questions & <answers>';
    const slug = `kinds-${example}`;
    const id = await staff.createPage(slug, {
      title,
      blocks: [
        { tableOfContents: { key: 'contents', heading: 'On this page', depth: 3 } },
        { heading: { key: 'first', text: 'Who we are', level: 2 } },
        { personCard: { key: 'person', heading: '', person } },
        { locationCard: { key: 'place', heading: 'Come to us', location } },
        { quote: { key: 'quote', text: '<script>alert("1")</script>', attribution: 'O\'Neil & "Sons"' } },
        { sharedBlock: { key: 'shared', block: sharedBlock } },
      ],
    });
    await staff.publish(id);
    await page.goto(`/${slug}`);
    expect(await blocksIn(page)).toEqual(await blocksOf(hillside.url, `/${slug}`));
    expect(await page.locator('[data-block]').count()).toBe(6);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.getByRole('navigation', { name: 'On this page' }).getByRole('link')).toHaveText([
      'Who we are',
      'Come to us',
    ]);
    await expect(page.locator('#quote')).toContainText('<script>alert("1")</script>');
    await expect(page.locator('#shared')).toContainText('For several pages.');
    await expect(page.locator('#person')).toContainText('MD');
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  test('a therapy is shown, and the way there leads by the grid', async ({ page, complaints }) => {
    await page.goto(reference);
    await page.getByRole('link', { name: 'Group therapy in Massachusetts' }).click();
    await expect(page).toHaveURL(/\/therapies\/group-therapy$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Group therapy/);
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  test('an old address leads to the new one, for good', async ({ page, request, staff, example }) => {
    await staff.redirect(`/old-${example}`, '/about');
    const answer = await request.get(`/old-${example}`, { maxRedirects: 0 });
    expect(answer.status()).toBe(301);
    expect(answer.headers()['location']).toBe('/about');
    await page.goto(`/old-${example}`);
    await expect(page).toHaveURL(/\/about$/);
    await staff.redirect(`/früher-${example}`, 'https://example.com/ä');
    const outside = await request.get(`/früher-${example}`, { maxRedirects: 0 });
    expect([outside.status(), outside.headers()['location']]).toEqual([301, 'https://example.com/%C3%A4']);
    const withSlash = await request.get('/about/', { maxRedirects: 0 });
    expect([withSlash.status(), withSlash.headers()['location']]).toEqual([301, '/about']);
  });

  test('what is not there is a 404 with somebody to call', async ({ page }) => {
    const answer = await page.goto('/nothing-here');
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not here');
    await expect(page.getByRole('main').getByRole('link', { name: '(781) 332-4135' })).toBeVisible();
  });
});

/** Somebody and some place of the demo. */
const idsOf = async (url: string): Promise<{ person: string; location: string }> => {
  const query = `{ site { locations { id } } route(path: "${reference}") { ... on Page { reviewer { id } } } }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data } = (await response.json()) as {
    data: { site: { locations: [{ id: string }] }; route: { reviewer: { id: string } } };
  };
  return { person: data.route.reviewer.id, location: data.site.locations[0].id };
};
