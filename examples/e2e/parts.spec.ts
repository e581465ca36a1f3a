/** What the browser does not see: how pages are kept, and what is made of what nobody knows yet. */
import { type Block, nothing, renderBlock } from '@hillside-examples/blocks';
import { isSigned, PageCache } from '@hillside-examples/client';
import { expect, test } from '@playwright/test';
import { RunningExample } from './support/frontEnd';
import { forBoth } from './support/test';

test('a page goes with its path or one of its tags, and without tags with any change', async () => {
  const cache = new PageCache<number>();
  const asked: string[] = [];
  const tags: Record<string, string[] | null> = { '/a': ['pag_1', 'con_1'], '/b': ['pag_2'], '/c': null };
  const visit = (path: string) =>
    cache.get(path, async () => {
      asked.push(path);
      return { data: 0, tags: tags[path] ?? null };
    });
  const visitAll = async () => {
    asked.length = 0;
    for (const path of Object.keys(tags)) await visit(path);
    return asked.join(' ');
  };
  expect(await visitAll()).toBe('/a /b /c');
  expect(await visitAll()).toBe('');
  expect(cache.drop({ paths: [], tags: ['con_1'] })).toEqual(['/a', '/c']);
  expect(await visitAll()).toBe('/a /c');
  expect(cache.drop({ paths: ['/b'], tags: [] })).toEqual(['/b', '/c']);
  expect(await visitAll()).toBe('/b /c');
});

test('an answer that was under way during a change is not kept', async () => {
  const cache = new PageCache<string>();
  const before = await cache.get('/a', async () => {
    cache.drop({ paths: ['/a'], tags: [] });
    return { data: 'before', tags: [] };
  });
  expect(before).toBe('before');
  expect(await cache.get('/a', async () => ({ data: 'after', tags: [] }))).toBe('after');
});

test('the cache has room for so many pages, for so long', async () => {
  const few = new PageCache<string>({ most: 2 });
  const visit = (cache: PageCache<string>, path: string, data: string) =>
    cache.get(path, async () => ({ data, tags: [] }));
  for (const path of ['/a', '/b', '/c']) await visit(few, path, 'first');
  expect(await visit(few, '/c', 'second')).toBe('first');
  expect(await visit(few, '/a', 'second')).toBe('second');
  const brief = new PageCache<string>({ keptForMs: 0 });
  await visit(brief, '/a', 'first');
  expect(await visit(brief, '/a', 'second')).toBe('second');
});

test('the example of the specification is signed', () => {
  const headers = new Headers({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
  const [secret, body, at] = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', '{"test": 2432232314}', 1_614_265_330_000];
  expect(isSigned(secret, headers, body, at)).toBe(true);
  expect(isSigned(secret, headers, body, at + 301_000)).toBe(false);
  expect(isSigned('', headers, body, at)).toBe(false);
});

test('a kind of block that came later is skipped', () => {
  const block = { __typename: 'PhoneHoursBlock', key: 'hours' } as unknown as Block;
  expect(String(renderBlock(block, { media: '', form: () => nothing, formAnchor: undefined }))).toBe('');
});

forBoth((example) => {
  test('without Hillside there is still a number to call', async ({ page }) => {
    const alone = await RunningExample.start(example, 'http://127.0.0.1:9');
    try {
      const answer = await page.goto(`${alone.url}/ketamine-side-effects`);
      expect(answer?.status()).toBeGreaterThanOrEqual(500);
      await expect(page.getByRole('link', { name: '911' })).toHaveAttribute('href', 'tel:911');
      await expect(page.getByRole('link', { name: '988' })).toHaveAttribute('href', 'tel:988');
    } finally {
      await alone.stop();
    }
  });
});
