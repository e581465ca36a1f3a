import { type AuditResult, auditServer, type ServerAuditOptions, serverAudits } from 'graphql-http';
import { describe, expect, test } from 'vitest';
import { address, fetchOn, type Side, sides } from './support/endpoints.ts';

/**
 * The audits that do not hold, by their ids, each with the reason. An audit that holds after all may not stay listed.
 * Everything else holds, whether the specification says MUST, SHOULD or MAY.
 */
const excluded: Record<Side, Record<string, string>> = {
  public: {},
  admin: {
    '5A70': 'Asks by GET: what staff see belongs into no address, no log and no cache, so there is only POST.',
    D6D5: 'Sends variables by GET, see 5A70.',
    '6A70': 'Sends variables by GET, see 5A70.',
  },
};

const options = (side: Side, fetchFn: typeof fetch): ServerAuditOptions => ({
  url: address(side),
  fetchFn: fetchFn as ServerAuditOptions['fetchFn'],
});

describe.each(sides)('GraphQL over HTTP, %s', (side) => {
  const audits = serverAudits(options(side, fetchOn(side)));
  const exceptions = excluded[side];

  for (const audit of audits.filter(({ id }) => !(id in exceptions))) {
    test(`${audit.id} ${audit.name}`, async () => {
      const result = await audit.fn();
      expect(result, await reason(result)).toMatchObject({ status: 'ok' });
    });
  }

  test.for(Object.entries(exceptions))('%s is left out: %s', async ([id]) => {
    const audit = audits.find((each) => each.id === id);
    expect(audit, `There is no audit ${id}.`).toBeDefined();
    const result = await audit?.fn();
    expect(result?.status, `${id} holds: take it off the list.`).not.toBe('ok');
    // The specification's own way to say so.
    if (result && 'response' in result) {
      expect(result.response.status).toBe(405);
      expect(result.response.headers.get('allow')).toBe('POST');
    }
  });
});

test('Every audit sees a server that answers the same nonsense to everything', async () => {
  const says = (status: number) => async () => new Response('<p>Hello</p>', { status });
  const [fine, broken] = await Promise.all([
    auditServer(options('public', says(200))),
    auditServer(options('public', says(500))),
  ]);

  const held = fine.filter(({ status }, i) => status === 'ok' && broken[i]?.status === 'ok').map(({ id }) => id);
  // That a body which is no JSON may be answered with nearly any status.
  expect(held).toEqual(['B6DC']);
});

const reason = async (result: AuditResult): Promise<string> => {
  if (result.status === 'ok') return '';
  const { status, headers } = result.response;
  const body = await result.response.text().catch(() => 'The body was read already.');
  return `${result.reason}\n${status} ${headers.get('content-type')}\n${body}`;
};
