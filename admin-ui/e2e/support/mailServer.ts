import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export type Letter = { to: string; text: string };

/** A mail server (RFC 5321) that keeps what it is handed. */
export class MailServer {
  /** What it was handed, the first first. */
  readonly letters: Letter[] = [];
  /** What it says to a letter. */
  answers = '250 taken';
  private readonly open = new Set<Socket>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((socket) => {
      this.open.add(socket);
      // Whoever hands letters over may go without a word.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.open.delete(socket));
      this.serve(socket);
    });
  }

  static async start(): Promise<MailServer> {
    const mail = new MailServer();
    mail.server.listen(0, '127.0.0.1');
    await once(mail.server, 'listening');
    return mail;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('It does not listen.');
    return `smtp://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(socket: Socket): void {
    let to = '';
    let letter: string[] | null = null;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 mail.example.org');
    createInterface({ input: socket }).on('line', (line) => {
      if (letter !== null && line !== '.') {
        letter.push(line);
      } else if (letter !== null) {
        if (this.answers.startsWith('2')) this.letters.push({ to, text: letter.join('\n') });
        letter = null;
        say(this.answers);
      } else if (line === 'DATA') {
        letter = [];
        say('354 go on');
      } else {
        to = /^RCPT TO:<(.*)>/.exec(line)?.[1] ?? to;
        say(line === 'QUIT' ? '221 bye' : '250 ok');
      }
    });
  }
}
