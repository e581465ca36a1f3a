import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Readable } from 'node:stream';

export const examples = ['astro', 'plain'] as const;
export type Example = (typeof examples)[number];

/** What webhooks are signed with in these tests. */
export const webhookSecret = `whsec_${Buffer.from('a secret of these tests').toString('base64')}`;

const entries: Record<Example, string> = { astro: 'astro/dist/server/entry.mjs', plain: 'plain/dist/server.js' };
const startsWithinMs = 20_000;

/** An example as it was built, in a process and on a port of its own. */
export class RunningExample {
  readonly url: string;
  private readonly process: ChildProcessByStdio<null, Readable, Readable>;
  private printed = '';

  private constructor(example: Example, port: number, hillsideUrl: string) {
    this.url = `http://127.0.0.1:${port}`;
    this.process = spawn(process.execPath, [entries[example]], {
      cwd: new URL('../..', import.meta.url),
      env: {
        ...process.env,
        HOST: '127.0.0.1',
        PORT: String(port),
        HILLSIDE_URL: hillsideUrl,
        WEBHOOK_SECRET: webhookSecret,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        this.printed += chunk;
      });
    }
  }

  static async start(example: Example, hillsideUrl: string): Promise<RunningExample> {
    const running = new RunningExample(example, await freePort(), hillsideUrl);
    const deadline = Date.now() + startsWithinMs;
    while (running.process.exitCode === null && Date.now() < deadline) {
      const answer = await fetch(running.url).catch(() => null);
      if (answer !== null) return running;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await running.stop();
    throw new Error(`The example ${example} did not start; is it built?\n${running.printed}`);
  }

  /** What it printed so far. */
  get log(): string {
    return this.printed;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const gone = once(this.process, 'close');
    this.process.kill('SIGKILL');
    await gone;
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
