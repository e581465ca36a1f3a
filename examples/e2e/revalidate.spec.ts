import { createHmac, randomUUID } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import { webhookSecret } from './support/frontEnd';
import { expect, forBoth, test } from './support/test';

type Change = { ids?: string[]; paths?: string[]; tags?: string[] };

/** What Hillside sends when something changed, signed after standardwebhooks.com. */
const webhook = ({ ids = [], paths = [], tags = [] }: Change, at = new Date(), secret = webhookSecret) => {
  const data = JSON.stringify({ type: 'content.changed', timestamp: at.toISOString(), data: { ids, paths, tags } });
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${data}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
  return { data, headers };
};

const titleAt = async (request: APIRequestContext, path: string) =>
  /<h1>([^<]*)<\/h1>/.exec(await (await request.get(path)).text())?.[1];

forBoth((example) => {
  test('a kept page stays until a signed webhook comes', async ({ request, staff }) => {
    const path = `/kept-${example}`;
    const id = await staff.createPage(path.slice(1), { title: 'Before' });
    await staff.publish(id);
    expect(await titleAt(request, path)).toBe('Before');
    await staff.saveDraft(id, { title: 'After' });
    await staff.publish(id);
    expect(await titleAt(request, path)).toBe('Before');

    const minutes = (count: number) => new Date(Date.now() + count * 60_000);
    const change = { ids: [id], paths: [path] };
    const { data, headers } = webhook(change);
    const refused = [
      { data, headers: { ...headers, 'webhook-signature': 'v1,AAAA' } },
      { data, headers: { ...headers, 'webhook-signature': '' } },
      { data: data.replace('kept', 'keep'), headers },
      { data, headers: { ...headers, 'webhook-id': 'msg_another' } },
      webhook(change, new Date(), `whsec_${Buffer.from('another secret').toString('base64')}`),
      webhook(change, minutes(-6)),
      webhook(change, minutes(6)),
      { data, headers: { 'content-type': 'application/json' } },
    ];
    for (const each of refused) expect((await request.post('/api/revalidate', each)).status()).toBe(401);
    expect(await titleAt(request, path)).toBe('Before');

    // Two signatures, as while a secret is replaced.
    const signatures = `v1,${Buffer.from('another').toString('base64')} ${headers['webhook-signature']}`;
    const taken = await request.post('/api/revalidate', {
      data,
      headers: { ...headers, 'webhook-signature': signatures },
    });
    expect(taken.status()).toBe(204);
    expect(await titleAt(request, path)).toBe('After');
  });

  test('a path that was missing heals', async ({ request, staff }) => {
    const path = `/healed-${example}`;
    expect((await request.get(path)).status()).toBe(404);
    const id = await staff.createPage(path.slice(1), { title: 'Here now' });
    await staff.publish(id);
    expect((await request.get(path)).status()).toBe(404);
    expect((await request.post('/api/revalidate', webhook({ paths: [path] }))).status()).toBe(204);
    expect(await titleAt(request, path)).toBe('Here now');
  });
});
