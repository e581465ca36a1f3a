import { graphql, type ResultOf, type VariablesOf } from '~/gql/graphql';
import { accessToken, refresh, tokenIsStale, type UserError } from '~/gql/session';
import { type Answer, post, requestHeaders } from '~/gql/transport';
import { exportText } from './text';

/* Asked for past the store: whoever has the address, and the session, has the file. */

const ExportLeads = graphql(`
  mutation ExportLeads($input: ExportLeadsInput!) {
    exportLeads(input: $input) {
      export { path leads }
      userErrors { code message path }
    }
  }
`);

export type Wanted = VariablesOf<typeof ExportLeads>['input'];

export type ExportAnswer =
  | { kind: 'done'; leads: number; name: string; file: Blob }
  | { kind: 'refused'; userErrors: UserError[] }
  | { kind: 'failed'; message: string };

/** Asks for a file and, unless told not to meanwhile, fetches it; the server puts on record who took which leads out, and why. */
export const exportLeads = async (input: Wanted, signal: AbortSignal): Promise<ExportAnswer> => {
  const ask = (): Promise<Answer<ResultOf<typeof ExportLeads>>> => post(ExportLeads, { input }, accessToken());

  if (tokenIsStale()) await refresh();
  let answer = await ask();
  if (answer.kind === 'refused' && answer.code === 'UNAUTHENTICATED') {
    await refresh();
    answer = await ask();
  }
  if (answer.kind === 'unreachable') return { kind: 'failed', message: exportText.unreachable };
  if (answer.kind === 'refused') return { kind: 'failed', message: answer.message };
  const { export: ready, userErrors } = answer.data.exportLeads;
  return ready === null ? { kind: 'refused', userErrors } : fetchFile(ready.path, ready.leads, signal);
};

const fetchFile = async (path: string, leads: number, signal: AbortSignal): Promise<ExportAnswer> => {
  let response: Response;
  try {
    const headers = { ...requestHeaders, authorization: `Bearer ${accessToken() ?? ''}` };
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', headers, signal });
  } catch {
    return { kind: 'failed', message: exportText.unreachable };
  }
  try {
    if (!response.ok) {
      const { message } = (await response.json()) as { message?: unknown };
      return { kind: 'failed', message: typeof message === 'string' ? message : exportText.broken };
    }
    const file = await response.blob();
    return { kind: 'done', leads, name: nameOf(response.headers.get('content-disposition')), file };
  } catch {
    return { kind: 'failed', message: exportText.broken };
  }
};

/** What the server calls a file. */
export const nameOf = (disposition: string | null): string =>
  /filename="([^"/\\]+)"/.exec(disposition ?? '')?.[1] ?? 'leads.csv';

/** Hands a file over to the browser. */
export const save = (name: string, file: Blob): void => {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};
