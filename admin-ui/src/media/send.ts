import { accessToken, refresh, tokenIsStale } from '~/gql/session';
import { text } from './text';
import type { Send, Sent } from './upload';

const read = (request: XMLHttpRequest): Sent => {
  const body = (request.response ?? {}) as { id?: unknown; isNew?: unknown; message?: unknown };
  if (request.status < 300 && typeof body.id === 'string') {
    return { kind: 'done', id: body.id, isNew: body.isNew === true };
  }
  if (request.status === 401) return { kind: 'failed', message: text.uploads.signedOut };
  const message = typeof body.message === 'string' ? body.message : text.uploads.broken;
  return { kind: request.status >= 500 || request.status === 0 ? 'failed' : 'refused', message };
};

/** Sends a file to the library. XMLHttpRequest, because `fetch` does not tell how much of a body went. */
export const sendFile: Send = async (file, onProgress, signal) => {
  if (tokenIsStale()) await refresh();
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/admin/media');
    request.responseType = 'json';
    request.setRequestHeader('authorization', `Bearer ${accessToken() ?? ''}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total));
    request.upload.addEventListener('load', () => onProgress(1));
    request.addEventListener('load', () => resolve(read(request)));
    const failed = () => resolve({ kind: 'failed', message: text.uploads.unreachable });
    for (const event of ['error', 'abort', 'timeout']) request.addEventListener(event, failed);
    signal.addEventListener('abort', () => request.abort());
    if (signal.aborted) failed();
    else request.send(file);
  });
};
