import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

export type Side = 'public' | 'admin';

export const sides: Side[] = ['public', 'admin'];

export type Answer = {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
};

const root = join(import.meta.dirname, '../../..');

/** The description of a schema that is checked in. */
export const sdl = (side: Side): string => readFileSync(join(root, `api/schema/${side}.graphql`), 'utf8');

export const address = (side: Side): string => `${inject('url')}${side === 'public' ? '/graphql' : '/admin/graphql'}`;

/** What a request must carry: nothing for the public, and for staff who asks and that no foreign form does. */
export const headers = (side: Side): Record<string, string> =>
  side === 'public' ? {} : { 'x-hillside': '1', authorization: `Bearer ${inject('token')}` };

/** `fetch` with the headers of that side on every request. */
export const fetchOn =
  (side: Side): typeof fetch =>
  (input, init) => {
    const all = new Headers(init?.headers);
    for (const [name, value] of Object.entries(headers(side))) all.set(name, value);
    return fetch(input, { ...init, headers: all });
  };

/** Asks by POST and answers whatever came back. */
export const ask = async (
  side: Side,
  query: string,
  variables: Record<string, unknown> = {},
  fetchFn: typeof fetch = fetchOn(side),
): Promise<Answer> => {
  const response = await fetchFn(address(side), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
};

/** Asks, and answers the data; fails on any error. */
export const data = async <T>(side: Side, query: string, variables: Record<string, unknown> = {}): Promise<T> => {
  const answer = await ask(side, query, variables);
  if (answer.errors !== undefined || !answer.data) throw new Error(JSON.stringify(answer, null, 2));
  return answer.data as T;
};
