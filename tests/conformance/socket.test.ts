import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { Hillside, type Role } from '../../admin-ui/e2e/support/hillside.ts';
import { signIn } from './support/signIn.ts';

/*
 * graphql-transport-ws, message by message, after the PROTOCOL.md of graphql-ws 6, and once with the library's own client.
 */

const protocol = 'graphql-transport-ws';

let hillside: Hillside;
let token: string;

beforeAll(async () => {
  hillside = await Hillside.start();
  token = await signIn(hillside);
});
afterAll(() => hillside.stop());

type Message = { type: string; id?: string; payload?: unknown };
type Closed = { code: number; reason: string };

/** A socket, what came over it, and how it was closed. */
class Peer {
  readonly socket: WebSocket;
  readonly came: Message[] = [];
  readonly closed: Promise<Closed>;
  private readonly waiting: (() => void)[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (bytes) => {
      this.came.push(JSON.parse(String(bytes)) as Message);
      for (const wake of this.waiting.splice(0)) wake();
    });
    // Whoever waits for it to open, or to close, is told.
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  static async open(protocols: string[] = [protocol], options: WebSocket.ClientOptions = {}): Promise<Peer> {
    const address = `${hillside.url.replace('http', 'ws')}/admin/graphql`;
    const socket = new WebSocket(address, protocols, options);
    const peer = new Peer(socket);
    await once(socket, 'open');
    return peer;
  }

  /** A socket of somebody who has said who they are. */
  static async enter(accessToken = token): Promise<Peer> {
    const peer = await Peer.open();
    peer.send({ type: 'connection_init', payload: { accessToken } });
    expect(await peer.next()).toEqual({ type: 'connection_ack' });
    return peer;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  /** The next message that nobody has taken yet. */
  async next(): Promise<Message> {
    while (this.came.length === 0) await new Promise<void>((wake) => this.waiting.push(wake));
    return this.came.shift() as Message;
  }

  /** Gives what is under way the time to come. */
  async settled(): Promise<Message[]> {
    this.send({ type: 'ping' });
    const came: Message[] = [];
    for (;;) {
      const message = await this.next();
      if (message.type === 'pong') return came;
      came.push(message);
    }
  }

  end(): void {
    this.socket.close();
  }
}

const follow = 'subscription { leadChanged { kind id version } }';
type Heard = { data: { leadChanged: { kind: string } | null } };
/** Nobody knows what happened before: whoever follows looks now. */
const begun = { type: 'next', payload: { data: { leadChanged: null } } };
const isNews = ({ type, payload }: Message) => type !== 'next' || (payload as Heard).data.leadChanged !== null;

const post = async (path: string, query: string, variables: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${hillside.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data: never; errors?: unknown };
};

const askForHelp = async () => {
  const form = await post('/graphql', '{ leadForm(key: "confidential") { consent { id } } }', {});
  const { leadForm } = form.data as { leadForm: { consent: { id: string } } };
  const input = {
    idempotencyKey: crypto.randomUUID(),
    form: 'confidential',
    sourcePath: '/ketamine-side-effects',
    name: 'Sam Reed',
    contact: { email: 'sam@example.org' },
    consents: [{ text: leadForm.consent.id, accepted: true, scopes: ['EMAIL'] }],
  };
  const query =
    'mutation ($input: SubmitLeadInput!) { submitLead(input: $input) { receipt { reference } userErrors { message path } } }';
  const sent = await post('/graphql', query, { input });
  expect(sent, JSON.stringify(sent)).toMatchObject({ data: { submitLead: { userErrors: [] } } });
};

describe('a socket is closed, with the code of the protocol', () => {
  test('4406 when it offers no protocol', async () => {
    const peer = await Peer.open([]);
    expect(await peer.closed).toMatchObject({ code: 4406 });
  });

  test('before it is open when it offers only the older one', async () => {
    // A client that is answered with none of its protocols gives up by itself (RFC 6455, section 4.1).
    await expect(Peer.open(['graphql-ws'])).rejects.toThrow('no subprotocol');
  });

  test('the protocol is taken though an older one is offered first', async () => {
    const peer = await Peer.open(['graphql-ws', protocol]);
    expect(peer.socket.protocol).toBe(protocol);
    peer.end();
  });

  test.concurrent('4408 when nobody says who they are', async () => {
    const began = Date.now();
    const peer = await Peer.open();
    expect(await peer.closed).toMatchObject({ code: 4408 });
    expect(Date.now() - began).toBeGreaterThan(9_000);
  });

  test('4429 when they say so twice', async () => {
    const peer = await Peer.enter();
    peer.send({ type: 'connection_init', payload: { accessToken: token } });
    expect(await peer.closed).toMatchObject({ code: 4429 });
  });

  test.for([[undefined], [{}], [{ accessToken: 'nobody' }], [{ accessToken: 7 }], ['token']])(
    '4403 for whoever says %j',
    async ([payload]) => {
      const peer = await Peer.open();
      peer.send({ type: 'connection_init', payload });
      expect(await peer.closed).toMatchObject({ code: 4403 });
    },
  );

  test('4401 for an operation before that', async () => {
    const peer = await Peer.open();
    peer.subscribe('1', '{ viewer { user { id } } }');
    expect(await peer.closed).toMatchObject({ code: 4401 });
  });

  test.for([
    ['{'],
    ['[]'],
    ['null'],
    [{ type: 'start' }],
    [{}],
    [{ type: 'subscribe', payload: { query: '{ viewer { user { id } } }' } }],
    [{ type: 'subscribe', id: '', payload: { query: '{ viewer { user { id } } }' } }],
    [{ type: 'subscribe', id: '1' }],
    [{ type: 'subscribe', id: '1', payload: {} }],
    [{ type: 'subscribe', id: '1', payload: [{ query: '{ viewer { user { id } } }' }] }],
    [{ type: 'complete' }],
  ])('4400 for %j', async ([message]) => {
    const peer = await Peer.enter();
    peer.send(message);
    expect(await peer.closed).toMatchObject({ code: 4400 });
  });

  test('4400 for bytes', async () => {
    const peer = await Peer.enter();
    peer.socket.send(Buffer.from('{"type":"ping"}'), { binary: true });
    expect(await peer.closed).toMatchObject({ code: 4400 });
  });

  test('4409 when an id is taken, and not once it is free', async () => {
    const peer = await Peer.enter();
    peer.subscribe('1', follow);
    peer.send({ type: 'complete', id: '1' });
    peer.subscribe('1', follow);
    expect((await peer.settled()).filter(isNews)).toEqual([]);
    peer.subscribe('1', follow);
    expect(await peer.closed).toEqual({ code: 4409, reason: 'Subscriber for 1 already exists' });
  });

  test('1009 for a message that is too long', async () => {
    const peer = await Peer.enter();
    peer.send({ type: 'ping', payload: { filling: 'x'.repeat(140_000) } });
    expect(await peer.closed).toMatchObject({ code: 1009 });
  });

  test('one that is much too long is not read to its end', async () => {
    const peer = await Peer.enter();
    peer.send({ type: 'ping', payload: { filling: 'x'.repeat(2_000_000) } });
    // Whoever goes on sending may not come to read why nobody listens.
    expect([1006, 1009]).toContain((await peer.closed).code);
  });

  test('4403 within a second of the end of the session', async () => {
    const own = await tokenOf('editor');
    const peer = await Peer.enter(own);
    const began = Date.now();
    await post(
      '/admin/graphql',
      'mutation { signOut { ok } }',
      {},
      { 'x-hillside': '1', authorization: `Bearer ${own}` },
    );
    expect(await peer.closed).toMatchObject({ code: 4403 });
    expect(Date.now() - began).toBeLessThan(1_000);
  });
});

test('a page of another site gets no socket', async () => {
  const address = `${hillside.url.replace('http', 'ws')}/admin/graphql`;
  const socket = new WebSocket(address, [protocol], { origin: 'https://elsewhere.example' });
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  expect(response.statusCode).toBe(403);
});

describe('operations', () => {
  test('a ping is answered with what it said, a pong is taken', async () => {
    const peer = await Peer.enter();
    peer.send({ type: 'pong', payload: {} });
    peer.send({ type: 'ping', payload: { at: 7 } });
    expect(await peer.next()).toEqual({ type: 'pong', payload: { at: 7 } });
    peer.send({ type: 'ping' });
    expect(await peer.next()).toEqual({ type: 'pong' });
    peer.end();
  });

  test('a query is answered and completed', async () => {
    const peer = await Peer.enter();
    peer.subscribe('q', 'query ($yes: Boolean = true) { viewer { user { name @include(if: $yes) } } }');
    expect(await peer.next()).toEqual({
      id: 'q',
      type: 'next',
      payload: { data: { viewer: { user: { name: 'Ada Marsh' } } } },
    });
    expect(await peer.next()).toEqual({ id: 'q', type: 'complete' });
    peer.end();
  });

  test.for([
    ['GRAPHQL_PARSE_FAILED', '{'],
    ['GRAPHQL_VALIDATION_FAILED', '{ nothing }'],
    ['GRAPHQL_VALIDATION_FAILED', 'subscription { leadChanged { id } again: leadChanged { id } }'],
    ['BAD_USER_INPUT', 'query ($id: ID!) { node(id: $id) { id } }'],
    ['OPERATION_RESOLUTION_FAILURE', 'mutation { signOut { ok } }'],
    ['OPERATION_RESOLUTION_FAILURE', 'query A { viewer { user { id } } } query B { viewer { user { id } } }'],
    ['QUERY_TOO_DEEP', `{ viewer { user ${'{ user '.repeat(20)} { id } ${'}'.repeat(20)} } }`],
  ])('%s comes as one error, and no data before it: %s', async ([code, query]) => {
    const peer = await Peer.enter();
    peer.subscribe('e', query ?? '');
    const message = await peer.next();
    expect(message).toMatchObject({ id: 'e', type: 'error' });
    const codes = (message.payload as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);
    expect(codes).toContain(code);
    expect(await peer.settled()).toEqual([]);
    peer.end();
  });

  test('whoever may not follow leads is told so', async () => {
    const peer = await Peer.enter(await tokenOf('editor'));
    peer.subscribe('s', follow);
    expect(await peer.next()).toMatchObject({
      type: 'next',
      payload: { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
    });
    expect(await peer.next()).toEqual({ id: 's', type: 'complete' });
    peer.end();
  });

  test('there may be fifty at once', async () => {
    const peer = await Peer.enter();
    for (let nth = 1; nth <= 51; nth += 1) peer.subscribe(`${nth}`, follow);
    let message = await peer.next();
    while (!isNews(message)) message = await peer.next();
    expect(message).toMatchObject({
      id: '51',
      type: 'error',
      payload: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    peer.send({ type: 'complete', id: '50' });
    peer.subscribe('51', follow);
    expect((await peer.settled()).filter(isNews)).toEqual([]);
    peer.end();
  });
});

test('a lead is heard of within a second, and not once nobody follows', async () => {
  const peer = await Peer.enter(await tokenOf('admissions'));
  peer.subscribe('s', follow);
  expect(await peer.next()).toEqual({ id: 's', ...begun });
  await askForHelp();
  const began = Date.now();
  let message = await peer.next();
  while ((message.payload as Heard).data.leadChanged?.kind !== 'CREATED') message = await peer.next();
  expect(Date.now() - began).toBeLessThan(1_000);
  expect(message).toMatchObject({
    id: 's',
    type: 'next',
    payload: { data: { leadChanged: { kind: 'CREATED', id: expect.stringMatching(/^lea_/), version: 1 } } },
  });
  peer.send({ type: 'complete', id: 's' });
  await peer.settled();
  await askForHelp();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await peer.settled()).toEqual([]);
  peer.end();
});

test('the client of graphql-ws follows, and comes back after the server did', async () => {
  let connected = 0;
  const client = createClient({
    url: `${hillside.url.replace('http', 'ws')}/admin/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: () => ({ accessToken: token }),
    retryAttempts: 20,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 200)),
    on: { connected: () => (connected += 1) },
  });
  const heard: unknown[] = [];
  const stop = client.subscribe<{ leadChanged: { kind: string } | null }>(
    { query: follow },
    { next: ({ data }) => heard.push(data?.leadChanged?.kind), error: () => {}, complete: () => {} },
  );
  const until = async (done: () => boolean) => {
    for (let waited = 0; !done(); waited += 20) {
      expect(waited, 'It takes too long.').toBeLessThan(10_000);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  // Each connection begins with the word that something may have been missed.
  const beginnings = () => heard.filter((kind) => kind === undefined).length;
  await until(() => connected === 1 && beginnings() === 1);
  await hillside.kill();
  await hillside.startAgain();
  await until(() => connected === 2 && beginnings() === 2);
  heard.length = 0;
  await askForHelp();
  await until(() => heard.includes('CREATED'));
  stop();
  await client.dispose();
});

const tokens = new Map<Role, Promise<string>>();

/** A session of its own for whoever ends it; the same for everybody else. */
const tokenOf = (role: Role): Promise<string> => {
  if (role === 'editor') return signIn(hillside, role);
  const known = tokens.get(role) ?? signIn(hillside, role);
  tokens.set(role, known);
  return known;
};
