import { authExchange } from '@urql/exchange-auth';
import { Client, type CombinedError, fetchExchange } from 'urql';
import { createCache } from '~/gql/cache';
import { accessToken, refresh, tokenIsStale } from '~/gql/session';
import { endpoint, requestHeaders } from '~/gql/transport';

const isUnauthenticated = (error: CombinedError) =>
  error.response?.status === 401 ||
  error.graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED');

/** POST only, JSON only; the token is put on each request and renewed before it runs out. */
export const client = new Client({
  url: endpoint,
  preferGetMethod: false,
  requestPolicy: 'cache-and-network',
  fetchOptions: { credentials: 'same-origin', headers: requestHeaders },
  exchanges: [
    createCache(),
    authExchange(async ({ appendHeaders }) => ({
      addAuthToOperation: (operation) => {
        const token = accessToken();
        return token === null ? operation : appendHeaders(operation, { authorization: `Bearer ${token}` });
      },
      willAuthError: tokenIsStale,
      didAuthError: isUnauthenticated,
      refreshAuth: refresh,
    })),
    fetchExchange,
  ],
});

/** A sentence for an error that is not about a field: what happened, in words for the person at the screen. */
export const failureText = (error: CombinedError): string => {
  if (error.networkError) return 'The server cannot be reached. What you see is kept; try again in a moment.';
  const first = error.graphQLErrors[0];
  if (first?.extensions['code'] === 'INTERNAL') {
    const id = first.extensions['requestId'];
    return `Something went wrong on the server.${typeof id === 'string' ? ` Tell your administrator the number ${id}.` : ''}`;
  }
  return first?.message ?? 'Something went wrong.';
};
