import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exportLeads, nameOf } from './exportLeads';
import { monthTo, wrongDays } from './range';
import { exportText } from './text';

vi.mock('~/gql/session', () => ({
  accessToken: () => 'token',
  refresh: () => Promise.resolve(),
  tokenIsStale: () => false,
}));

const { signal } = new AbortController();
const wanted = { from: '2026-11-01', to: '2026-11-27', reason: 'The yearly review.' };
const asked = vi.fn<typeof fetch>();
const json = (body: unknown, status = 200) => Promise.resolve(Response.json(body, { status }));
const ready = () =>
  json({ data: { exportLeads: { export: { path: '/admin/leads/export/abc', leads: 2 }, userErrors: [] } } });

beforeEach(() => vi.stubGlobal('fetch', asked));
afterEach(() => {
  vi.unstubAllGlobals();
  asked.mockReset();
});

describe('an export', () => {
  it('is asked for, then fetched by who asked, and named as the server names it', async () => {
    const headers = { 'content-disposition': 'attachment; filename="leads-2026-11-01-to-2026-11-27.csv"' };
    asked.mockImplementationOnce(ready).mockResolvedValueOnce(new Response('a file', { headers }));
    const answer = await exportLeads(wanted, signal);
    expect(answer).toMatchObject({ kind: 'done', leads: 2, name: 'leads-2026-11-01-to-2026-11-27.csv' });
    expect(answer.kind === 'done' && (await answer.file.text())).toBe('a file');
    const [path, request] = asked.mock.calls[1] ?? [];
    expect(path).toBe('/admin/leads/export/abc');
    expect(request?.headers).toMatchObject({ authorization: 'Bearer token' });
  });

  it('says what the server says when there is none', async () => {
    const userErrors = [{ code: 'INVALID', message: 'No such lead.', path: ['input', 'from'] }];
    asked.mockImplementationOnce(() => json({ data: { exportLeads: { export: null, userErrors } } }));
    expect(await exportLeads(wanted, signal)).toEqual({ kind: 'refused', userErrors });
    asked
      .mockImplementationOnce(ready)
      .mockImplementationOnce(() => json({ code: 'NOT_FOUND', message: 'Too late.' }, 404));
    expect(await exportLeads(wanted, signal)).toEqual({ kind: 'failed', message: 'Too late.' });
  });

  it('is not saved when it broke off, or never came', async () => {
    const broken = new ReadableStream({ start: (stream) => stream.error(new Error('gone')) });
    asked.mockImplementationOnce(ready).mockResolvedValueOnce(new Response(broken));
    expect(await exportLeads(wanted, signal)).toEqual({ kind: 'failed', message: exportText.broken });
    asked.mockImplementationOnce(ready).mockRejectedValueOnce(new TypeError('offline'));
    expect(await exportLeads(wanted, signal)).toEqual({ kind: 'failed', message: exportText.unreachable });
  });
});

describe('its days', () => {
  it('are the last thirty until somebody chooses', () => {
    expect(monthTo(new Date(2026, 2, 1, 23, 59))).toEqual({ from: '2026-01-31', to: '2026-03-01' });
  });

  it('are whole, and in order', () => {
    expect(wrongDays({ from: '2026-11-02', to: '2026-11-02' })).toEqual({});
    expect(wrongDays({ from: '2026-11-02', to: '2026-11-01' })).toEqual({ to: exportText.backwards });
    expect(wrongDays({ from: '', to: '' })).toEqual({ from: exportText.noDay, to: exportText.noDay });
  });
});

it('a file has a name, whatever the server says', () => {
  expect(nameOf(null)).toBe('leads.csv');
  expect(nameOf('attachment; filename="../x.csv"')).toBe('leads.csv');
});
