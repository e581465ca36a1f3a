import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

export type Message = { headers: IncomingHttpHeaders; body: string };

/** A front end that is told what changed, as far as webhooks see one. */
export class Receiver {
  /** What it was told, the first first. */
  readonly messages: Message[] = [];
  /** The status that it answers. */
  answers = 204;
  private readonly server: Server;

  private constructor() {
    this.server = createServer(async (request, response) => {
      this.messages.push({ headers: request.headers, body: await text(request) });
      response.writeHead(this.answers).end();
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('It does not listen.');
    return `http://127.0.0.1:${address.port}/api/revalidate`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** Whether a message is signed with that secret, as https://www.standardwebhooks.com describes it. */
export const isSigned = ({ headers, body }: Message, secret: string): boolean => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = createHmac('sha256', key).update(signed).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .map((each) => Buffer.from(each.replace(/^v1,/, ''), 'base64'))
    .some((each) => each.length === expected.length && timingSafeEqual(each, expected));
};
