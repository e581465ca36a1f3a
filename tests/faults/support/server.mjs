import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';

const startsWithinMs = 30_000;
const stopsWithinMs = 10_000;
const attempts = 3;

/** The binary under test. */
const binary = () => {
  const path = process.env['HILLSIDE_BIN'];
  if (!path) throw new Error('HILLSIDE_BIN is not set: run `make build`, then `make test-faults`, which sets it.');
  return path;
};

const running = new Set();
// Whatever ends the tests, no server outlives them.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/** The real binary on one data folder and one database: started, killed and started again. */
export class Server {
  /** Whether nobody has killed or stopped it since its last start. */
  up = false;
  /** Where it listens now: `http://127.0.0.1:…`. */
  url = '';
  /** When it was last started, in milliseconds. */
  startedAt = 0;
  /** What it logged, over all its lives. */
  log = '';
  #folder;
  #settings;
  #child;

  /** `settings`: of its environment, `HILLSIDE_…`. */
  constructor(folder, settings) {
    this.#folder = folder;
    this.#settings = settings;
  }

  /** Starts it, and answers after how many milliseconds it was ready. */
  async start() {
    for (let attempt = 1; ; attempt += 1) {
      const port = await freePort();
      this.url = `http://127.0.0.1:${port}`;
      this.startedAt = Date.now();
      this.#child = this.#run({ HILLSIDE_ADDR: `127.0.0.1:${port}` }, 'serve', '--demo');
      this.#child.stdin.end();
      const life = { printed: '', logged: '' };
      for (const [name, stream] of Object.entries({ printed: this.#child.stdout, logged: this.#child.stderr })) {
        stream.setEncoding('utf8').on('data', (chunk) => {
          life[name] += chunk;
          if (name === 'logged') this.log += chunk;
        });
      }
      if (await this.#ready(life)) {
        this.up = true;
        return Date.now() - this.startedAt;
      }
      await this.kill();
      // Between finding the port and taking it somebody else may have come.
      if (attempt === attempts || !/in use/i.test(life.logged)) {
        throw new Error(`${binary()} did not start:\n${life.printed}${life.logged}`);
      }
    }
  }

  /** Ends it without a warning. */
  async kill() {
    this.up = false;
    await this.#end('SIGKILL');
  }

  /** Ends it as an operator does. */
  async stop() {
    this.up = false;
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), stopsWithinMs);
    await this.#end('SIGTERM');
    clearTimeout(killer);
    if (this.#child.exitCode !== 0) throw new Error(`The server did not stop by itself:\n${this.log}`);
  }

  /** Makes an account with a command of its own. */
  async createUser(email, password, role) {
    const account = ['--email', email, '--name', email, '--role', role];
    const child = this.#run({}, 'user', 'create', ...account, '--password-stdin');
    child.stdin.end(password);
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close'), text(child.stdout)]);
    if (code !== 0) throw new Error(`The account of ${email} was not made:\n${said}`);
  }

  #run(settings, ...args) {
    // What a developer has set for their own server must not reach this one.
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('HILLSIDE_'));
    const env = { ...Object.fromEntries(own), ...this.#settings, ...settings };
    const child = spawn(binary(), args, { cwd: this.#folder, env, stdio: 'pipe' });
    running.add(child);
    child.once('close', () => running.delete(child));
    return child;
  }

  async #ready(life) {
    const deadline = Date.now() + startsWithinMs;
    while (this.#child.exitCode === null && Date.now() < deadline) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => null);
      // Another server may sit on the port; ours has said that it listens.
      if (answer?.ok && life.printed.includes(`${this.url}/admin`)) return true;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return false;
  }

  async #end(signal) {
    const child = this.#child;
    if (child === undefined || !running.has(child)) return;
    const gone = once(child, 'close');
    child.kill(signal);
    await gone;
  }
}

const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
};
