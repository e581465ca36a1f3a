import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { binary } from './environment';

export type Role = 'owner' | 'admin' | 'editor' | 'reviewer' | 'admissions' | 'auditor';

export type Account = { name: string; email: string; password: string };

type Running = ChildProcessByStdio<Writable, Readable, Readable>;

const names: Record<Role, string> = {
  owner: 'Ona Brooks',
  admin: 'Ada Marsh',
  editor: 'Edda Field',
  reviewer: 'Rhys Dale',
  admissions: 'Ines Haven',
  auditor: 'Otto Ridge',
};

export const password = 'a pine by the lake';

const startsWithinMs = 20_000;
const stopsWithinMs = 10_000;
const attempts = 3;

/** A whole installation: the real binary with demo content, on a port, a database and keys of its own. */
export class Hillside {
  readonly url: string;
  private process: Running;
  private readonly environment: NodeJS.ProcessEnv;
  private readonly folder: string;
  private readonly accounts = new Map<string, Promise<Account>>();
  private printed = '';
  private logged = '';

  private constructor(folder: string, port: number, settings: Record<string, string>) {
    this.folder = folder;
    this.url = `http://127.0.0.1:${port}`;
    // What a developer has set for their own server must not reach this one.
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('HILLSIDE_'));
    this.environment = {
      ...Object.fromEntries(own),
      HILLSIDE_DATA_DIR: folder,
      HILLSIDE_ADDR: `127.0.0.1:${port}`,
      ...settings,
    };
    this.process = this.serve();
  }

  private serve(): Running {
    const server = this.run('serve', '--demo');
    server.stdin.end();
    server.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.printed += chunk;
    });
    server.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      this.logged += chunk;
    });
    return server;
  }

  /** Ends the server without a warning, as a power cut does. */
  async kill(): Promise<void> {
    const gone = once(this.process, 'close');
    this.process.kill('SIGKILL');
    await gone;
  }

  /** Starts it again where it was. */
  async startAgain(): Promise<void> {
    this.printed = '';
    this.process = this.serve();
    await this.ready();
  }

  /** `settings`: of its environment, `HILLSIDE_…`. */
  static async start(settings: Record<string, string> = {}): Promise<Hillside> {
    const folder = await mkdtemp(join(tmpdir(), 'hillside-e2e-'));
    for (let attempt = 1; ; attempt += 1) {
      const hillside = new Hillside(folder, await freePort(), settings);
      try {
        await hillside.ready();
        return hillside;
      } catch (cause) {
        await hillside.halt();
        // Between finding the port and taking it somebody else may have come.
        if (attempt === attempts || !/in use/i.test(hillside.logged)) {
          await rm(folder, { recursive: true, force: true });
          throw new Error(`${binary()} did not start:\n${hillside.printed}${hillside.logged}`, { cause });
        }
      }
    }
  }

  /** The link that creates the owner, as the server printed it. */
  get ownerLink(): string {
    const link = /^\s*(\S+\/admin\/setup#token=\S+)\s*$/m.exec(this.printed)?.[1];
    if (link === undefined) throw new Error(`No one-time link was printed:\n${this.printed}`);
    return link;
  }

  /** What the server logged so far. */
  get log(): string {
    return this.logged;
  }

  /** The account of that role; `nth` tells colleagues apart. */
  account(role: Role, nth = 1): Promise<Account> {
    const key = `${role}${nth === 1 ? '' : nth}`;
    const known = this.accounts.get(key) ?? this.createAccount(role, key, nth);
    this.accounts.set(key, known);
    return known;
  }

  private async createAccount(role: Role, key: string, nth: number): Promise<Account> {
    const account = { name: nth === 1 ? names[role] : `${names[role]} ${nth}`, email: `${key}@example.org`, password };
    const { email, name } = account;
    const made = this.run('user', 'create', '--email', email, '--name', name, '--role', role, '--password-stdin');
    made.stdin.end(account.password);
    const [said, [code]] = await Promise.all([text(made.stderr), once(made, 'close'), text(made.stdout)]);
    if (code !== 0) throw new Error(`The account of ${email} was not made:\n${said}`);
    return account;
  }

  async stop(): Promise<void> {
    const clean = await this.halt();
    await rm(this.folder, { recursive: true, force: true });
    if (!clean) throw new Error(`The server had to be killed, or failed while stopping:\n${this.logged}`);
  }

  private run(...args: string[]): Running {
    return spawn(binary(), args, { cwd: this.folder, env: this.environment, stdio: ['pipe', 'pipe', 'pipe'] });
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + startsWithinMs;
    while (this.process.exitCode === null && Date.now() < deadline) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => null);
      // Another server may sit on the port; ours has said that it listens.
      if (answer?.ok && this.printed.includes(`${this.url}/admin`)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('It is not ready.');
  }

  /** Whether it went by itself when asked. */
  private async halt(): Promise<boolean> {
    if (this.process.exitCode !== null) return false;
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
