import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

type Running = ChildProcessByStdio<Writable, Readable, Readable>;

const startsWithinMs = 20_000;
const stopsWithinMs = 10_000;
const attempts = 3;

const admin = { email: 'admin@example.org', name: 'Ada Marsh', password: 'a pine by the lake' };

/** A whole installation: the real binary with demo content, on a port, a database and keys of its own. */
export class Hillside {
  readonly url: string;
  private readonly binary: string;
  private readonly folder: string;
  private readonly process: Running;
  private readonly environment: NodeJS.ProcessEnv;
  private printed = '';
  private logged = '';

  private constructor(binary: string, folder: string, port: number) {
    this.binary = binary;
    this.folder = folder;
    this.url = `http://127.0.0.1:${port}`;
    // What a developer has set for their own server must not reach this one.
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('HILLSIDE_'));
    this.environment = {
      ...Object.fromEntries(own),
      HILLSIDE_DATA_DIR: folder,
      HILLSIDE_ADDR: `127.0.0.1:${port}`,
    };
    this.process = this.run('serve', '--demo');
    this.process.stdin.end();
    this.process.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.printed += chunk;
    });
    this.process.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      this.logged += chunk;
    });
  }

  static async start(): Promise<Hillside> {
    const binary = process.env['HILLSIDE_BIN'];
    if (binary === undefined || binary === '') {
      throw new Error('HILLSIDE_BIN is not set: `make test-conformance` builds the binary and sets it.');
    }
    const folder = await mkdtemp(join(tmpdir(), 'hillside-conformance-'));
    for (let attempt = 1; ; attempt += 1) {
      const hillside = new Hillside(binary, folder, await freePort());
      try {
        await hillside.ready();
        return hillside;
      } catch (cause) {
        await hillside.halt();
        // Between finding the port and taking it somebody else may have come.
        if (attempt === attempts || !/in use/i.test(hillside.logged)) {
          await rm(folder, { recursive: true, force: true });
          throw new Error(`${binary} did not start:\n${hillside.printed}${hillside.logged}`, { cause });
        }
      }
    }
  }

  /** The token of an administrator who has just signed in. */
  async signIn(): Promise<string> {
    const { email, name, password } = admin;
    const made = this.run('user', 'create', '--email', email, '--name', name, '--role', 'admin', '--password-stdin');
    made.stdin.end(password);
    const [said, [code]] = await Promise.all([text(made.stderr), once(made, 'close'), text(made.stdout)]);
    if (code !== 0) throw new Error(`The account of ${email} was not made:\n${said}`);

    const response = await fetch(`${this.url}/admin/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hillside': '1' },
      body: JSON.stringify({
        query: 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }',
        variables: { input: { email, password } },
      }),
    });
    const answer = (await response.json()) as {
      data?: { signIn: { session: { accessToken: string } | null } } | null;
    };
    const token = answer.data?.signIn.session?.accessToken;
    if (token === undefined) throw new Error(`Nobody was signed in: ${JSON.stringify(answer)}`);
    return token;
  }

  async stop(): Promise<void> {
    const clean = await this.halt();
    await rm(this.folder, { recursive: true, force: true });
    if (!clean) throw new Error(`The server had to be killed, or failed while stopping:\n${this.logged}`);
  }

  private run(...args: string[]): Running {
    return spawn(this.binary, args, { cwd: this.folder, env: this.environment, stdio: ['pipe', 'pipe', 'pipe'] });
  }

  private async ready(): Promise<void> {
    const failed = once(this.process, 'error').then(([error]) => Promise.reject(error));
    failed.catch(() => undefined);
    const deadline = Date.now() + startsWithinMs;
    while (this.process.exitCode === null && Date.now() < deadline) {
      const answer = await Promise.race([fetch(`${this.url}/readyz`).catch(() => null), failed]);
      // Another server may sit on the port; ours has said that it listens.
      if (answer?.ok && this.printed.includes(`${this.url}/admin`)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('It is not ready.');
  }

  /** Whether it went by itself when asked. */
  private async halt(): Promise<boolean> {
    if (this.process.pid === undefined || this.process.exitCode !== null) return false;
    const gone = once(this.process, 'close');
    this.process.kill('SIGTERM');
    const killer = setTimeout(() => this.process.kill('SIGKILL'), stopsWithinMs);
    await gone;
    clearTimeout(killer);
    return this.process.exitCode === 0;
  }
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
};
