import type { APIRequestContext } from '@playwright/test';
import type { Hillside } from './hillside';
import { staffAsks } from './staffApi';
import { expect } from './test';

const create = `mutation ($input: CreateLeadInput!) {
  createLead(input: $input) { lead { id version reference } userErrors { message } }
}`;

export type Caller = { id: string; version: number; reference: string };

/** Takes in people who call, without a browser; each is reached, and has the colleague who spoke with them. */
export const callers = async (request: APIRequestContext, hillside: Hillside, names: string[]) => {
  const asks = await staffAsks(request, hillside, 'admissions');
  const taken: Caller[] = [];
  for (const [place, name] of names.entries()) {
    const input = {
      idempotencyKey: `caller-of-a-test-${place}-${name.length}`,
      name,
      contact: { phone: `(781) 555-01${String(place + 10)}` },
      agreed: true,
      nextActionAt: new Date(Date.now() + (names.length - place) * 3_600_000).toISOString(),
    };
    const { lead, userErrors } = (await asks(create, { input })).createLead;
    expect(userErrors).toEqual([]);
    taken.push(lead);
  }
  return { asks, taken };
};
