import type { TypedDocumentNode } from '@urql/core';
import { accessToken, refresh, tokenIsStale } from '~/gql/session';
import { post } from '~/gql/transport';
import type { PreviewAnswer } from '../entry';
import { text } from './text';

/** Asks for a preview outside the store, which would keep every one of them. */
export const drawPreview = async <T, V>(
  document: TypedDocumentNode<T, V>,
  variables: V,
  html: (data: T) => string,
): Promise<PreviewAnswer> => {
  if (tokenIsStale()) await refresh();
  const answer = await post(document, variables, accessToken());
  switch (answer.kind) {
    case 'data':
      return { kind: 'drawn', html: html(answer.data) };
    case 'refused':
      return { kind: 'failed', message: answer.message };
    case 'unreachable':
      return { kind: 'failed', message: text.unreachable };
  }
};
