import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';

/** What kept Hillside from answering: `code` is `extensions.code` of its first error, or `UNREACHABLE`. */
export class HillsideError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type Options = {
  /** Opens a draft; such an answer is for nobody else, so never keep it. */
  preview?: string | undefined;
};

export type Answer<Data> = {
  data: Data;
  /** What the answer is made of, for a cache; null when this server does not say. */
  tags: string[] | null;
};

/** Asks Hillside at `url`. Fails with a `HillsideError`; half an answer is none. */
export const hillside =
  (url: string) =>
  async <Data, Variables>(
    query: TadaDocumentNode<Data, Variables>,
    variables: Variables,
    { preview }: Options = {},
  ): Promise<Answer<Data>> => {
    const headers = {
      'content-type': 'application/json',
      'x-cache-tags': 'true',
      ...(preview === undefined ? {} : { 'x-hillside-preview': preview }),
    };
    const body = JSON.stringify({ query: print(query), variables });
    const signal = AbortSignal.timeout(10_000);
    try {
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body, signal });
      const { data, errors } = (await response.json()) as Reply<Data>;
      const [error] = errors ?? [];
      if (error !== undefined) throw new HillsideError(error.extensions?.code ?? 'UNKNOWN', error.message);
      if (data === undefined || data === null)
        throw new HillsideError('UNKNOWN', `${url} answered ${response.status}.`);
      const tags = response.headers.get('cache-tag');
      return { data, tags: tags === null ? null : tags.split(',').map((tag) => tag.trim()) };
    } catch (cause) {
      if (cause instanceof HillsideError) throw cause;
      throw new HillsideError('UNREACHABLE', `${url} does not answer.`, { cause });
    }
  };

type Reply<Data> = { data?: Data | null; errors?: { message: string; extensions?: { code?: string } }[] };
