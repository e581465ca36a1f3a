import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';

/*
 * Each answers a new database for the server: its `url`; `execute`, which runs a statement behind the server's back and
 * minds no foreign key; `check`, which answers what is wrong in its file, null where nobody can tell; and `drop`.
 */

const run = promisify(execFile);
const scripts = join(import.meta.dirname, '../../../scripts');

/** Whether SQLite's own client is installed. */
export const hasSqliteClient = spawnSync('sqlite3', ['--version']).status === 0;

/** Why PostgreSQL is left out, false when it is not. */
export const skipsPostgres =
  process.env['HILLSIDE_TEST_SKIP_POSTGRES'] === '1' && 'HILLSIDE_TEST_SKIP_POSTGRES leaves it out';

/** A file in `folder`. */
export const sqlite = async (folder) => {
  const file = join(folder, 'hillside.db');
  const execute = async (statement) => (await run('sqlite3', [file, statement])).stdout.trim();
  const check = async () => {
    if (!hasSqliteClient) return null;
    const said = await execute('PRAGMA integrity_check; PRAGMA foreign_key_check');
    return said === 'ok' ? '' : said;
  };
  return { url: `sqlite:${file}`, execute, check, drop: async () => {} };
};

/** A database of its own on the server that HILLSIDE_TEST_POSTGRES_URL names. */
export const postgres = async () => {
  const server = process.env['HILLSIDE_TEST_POSTGRES_URL'];
  if (!server) {
    throw new Error(
      'HILLSIDE_TEST_POSTGRES_URL names no PostgreSQL server: run `make test-faults`, or set HILLSIDE_TEST_SKIP_POSTGRES=1.',
    );
  }
  const name = `hillside_faults_${randomBytes(8).toString('hex')}`;
  await psql(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = name;
  return {
    url: url.href,
    execute: (statement) => psql(url.href, 'SET session_replication_role = replica', statement),
    check: async () => '',
    drop: () => psql(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
};

const psql = async (database, ...statements) => {
  // The client stands beside the server's programs, or on the path where the server is elsewhere.
  const beside = await run(join(scripts, 'find-postgres.sh')).then(
    ({ stdout }) => `${stdout.trim()}:`,
    () => '',
  );
  const env = { ...process.env, PATH: `${beside}${process.env['PATH']}` };
  const commands = statements.flatMap((statement) => ['--command', statement]);
  await run('psql', ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--dbname', database, ...commands], { env });
};
