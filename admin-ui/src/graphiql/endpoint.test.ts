import { afterEach, expect, it, vi } from 'vitest';
import { ask, endpoint } from './endpoint';

const sent = async (...question: Parameters<typeof ask>) => {
  const fetched = vi.fn(async (_address: string, _request: RequestInit) => Response.json({ data: {} }));
  vi.stubGlobal('fetch', fetched);
  await ask(...question);
  const [address, request] = fetched.mock.calls[0] ?? [];
  return { address, ...request, body: JSON.parse(String(request?.body)) };
};

afterEach(() => vi.unstubAllGlobals());

it('asks this server, without cookies', async () => {
  expect(await sent({ query: '{ site { name } }' })).toMatchObject({ address: endpoint, credentials: 'omit' });
});

it('sends a header once something is in it', async () => {
  const { headers } = await sent({ query: '{ site { name } }' }, { 'X-Hillside-Preview': '', 'X-Other': 'here' });
  expect(headers).toMatchObject({ 'X-Other': 'here', 'content-type': 'application/json' });
  expect(headers).not.toHaveProperty('X-Hillside-Preview');
});

it('names an operation that is there, and no other', async () => {
  const query = 'query One { site { name } } query Two { site { name } }';
  expect((await sent({ query, operationName: 'Two' })).body).toEqual({ query, operationName: 'Two' });
  expect((await sent({ query, operationName: 'Three' })).body).toEqual({ query });
});
