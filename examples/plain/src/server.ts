/** A whole front end on Node's own HTTP server. It renders on the server and sends no script. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { footer, type Html, head, header, html, missing, previewNote } from '@hillside-examples/blocks';
import { decoded, FrontEnd, location, ownPath, type Sent, settings } from '@hillside-examples/client';

const style = await readFile(new URL(import.meta.resolve('@hillside-examples/blocks/style.css')), 'utf8');
const frontEnd = new FrontEnd(settings());
const mostBytes = 256 * 1024;

type Reply = { status: number; headers?: Record<string, string>; body?: string };

const answer = async (request: IncomingMessage): Promise<Reply> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  switch (`${request.method === 'HEAD' ? 'GET' : request.method} ${pathname}`) {
    case 'GET /style.css':
      return { status: 200, headers: { 'content-type': 'text/css', 'cache-control': 'max-age=3600' }, body: style };
    case 'GET /api/preview':
      return preview(request, searchParams.get('token'), ownPath(searchParams.get('path')));
    case 'POST /api/revalidate':
      return { status: frontEnd.revalidate(headersOf(request), await bodyOf(request)) };
    default:
      return page(request, decoded(pathname));
  }
};

/** Turns the preview on with a token, and off without one. */
const preview = async ({ headers }: IncomingMessage, token: string | null, path: string): Promise<Reply> => {
  if (token !== null && !(await frontEnd.opens(token))) return { status: 401, body: 'This link has expired.' };
  const end = `${token === null ? '; Max-Age=0' : ''}${headers['x-forwarded-proto'] === 'https' ? '; Secure' : ''}`;
  const cookie = `preview=${encodeURIComponent(token ?? '')}; Path=/; HttpOnly; SameSite=Lax${end}`;
  return { status: 303, headers: { location: path, 'set-cookie': cookie, 'cache-control': 'no-store' } };
};

const page = async (request: IncomingMessage, path: string): Promise<Reply> => {
  const { visited, previews } = await frontEnd.visit(path, previewOf(request));
  const { route } = visited;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    // A form has a key of its own for each visitor, so a page is for one browser only; a draft is not even kept there.
    'cache-control': previews ? 'private, no-store' : 'private, no-cache',
  };
  if (route === null) return { status: 404, headers, body: documentOf(head(null, visited), missing(visited), visited) };
  if (route.__typename === 'Redirect') return { status: route.status, headers: { location: location(route.target) } };
  if (route.path !== path) return { status: 301, headers: { location: location(route.path) } };

  let sent: Sent | undefined;
  if (request.method === 'POST') {
    if (!isOfOurs(request)) return { status: 403, body: 'This form was sent from another site.' };
    sent = await frontEnd.send(visited, path, new Map(new URLSearchParams(await bodyOf(request))));
    headers['cache-control'] = 'private, no-store';
  }
  const body = documentOf(head(route, visited), frontEnd.draw(visited, route, sent), visited, previews);
  return { status: sent?.problems === undefined ? 200 : 422, headers, body };
};

const documentOf = (inHead: Html, content: Html, around: Parameters<typeof header>[0], previews = false): string =>
  String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/style.css">
${inHead}
</head>
<body>
${header(around)}
<main id="content">
${previews && previewNote()}
${content}
</main>
${footer(around)}
</body>
</html>`);

const previewOf = ({ headers }: IncomingMessage): string | undefined => {
  const value = /(?:^|;\s*)preview=([^;]+)/.exec(headers.cookie ?? '')?.[1];
  return value === undefined ? undefined : decodeURIComponent(value);
};

/** A form may be sent by a page of this site only. */
const isOfOurs = ({ headers: { origin, host } }: IncomingMessage): boolean =>
  origin === undefined || origin.replace(/^https?:\/\//, '') === host;

const headersOf = ({ headers }: IncomingMessage): Headers => new Headers(headers as Record<string, string>);

const bodyOf = (request: IncomingMessage): Promise<string> => {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) request.destroy(new Error('too large'));
  });
  return text(request);
};

/** Hillside cannot be asked; whoever is in danger still finds a number. */
const unavailable = html`<!doctype html><html lang="en"><title>Not available</title>
<h1>This page cannot be shown right now</h1>
<p>In danger call <a href="tel:911">911</a>. In a crisis call or text <a href="tel:988">988</a>.</p></html>`;

const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const {
    status,
    headers = {},
    body = '',
  } = await answer(request).catch((error: unknown): Reply => {
    console.error(error);
    return { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' }, body: String(unavailable) };
  });
  response.writeHead(status, { 'x-content-type-options': 'nosniff', ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
};

const { PORT = '4322', HOST = '127.0.0.1' } = process.env;
createServer((request, response) => void respond(request, response)).listen(Number(PORT), HOST, () => {
  console.log(`http://${HOST}:${PORT}/`);
});
