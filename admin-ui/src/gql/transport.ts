import { stringifyDocument, type TypedDocumentNode } from '@urql/core';

export const endpoint = '/admin/graphql';

/** What every request carries: the header makes a cross-site form unable to send it. */
export const requestHeaders = { 'x-hillside': '1' } as const;

export type Answer<T> =
  | { kind: 'data'; data: T; serverNow: number }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'unreachable' };

/**
 * One operation outside the store, for what concerns the session itself or, with `keepalive`, is said as the window
 * closes. Never throws.
 */
export const post = async <T, V>(
  document: TypedDocumentNode<T, V>,
  variables: V,
  token: string | null = null,
  { keepalive = false } = {},
): Promise<Answer<T>> => {
  let response: Response;
  let body: { data?: T | null; errors?: { message: string; extensions?: { code?: string } }[] };
  try {
    response = await fetch(endpoint, {
      method: 'POST',
      keepalive,
      credentials: 'same-origin',
      headers: {
        ...requestHeaders,
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query: stringifyDocument(document), variables }),
    });
    body = await response.json();
  } catch {
    return { kind: 'unreachable' };
  }
  const error = body.errors?.[0];
  if (error !== undefined || body.data === undefined || body.data === null) {
    if (response.status >= 500) return { kind: 'unreachable' };
    return {
      kind: 'refused',
      code: error?.extensions?.code ?? 'INTERNAL',
      message: error?.message ?? 'The server gave no answer.',
    };
  }
  const date = Date.parse(response.headers.get('date') ?? '');
  return { kind: 'data', data: body.data, serverNow: Number.isNaN(date) ? Date.now() : date };
};
