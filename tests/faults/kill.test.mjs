import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { postgres, skipsPostgres, sqlite } from './support/databases.mjs';
import { inFolder } from './support/folder.mjs';
import { noFault } from './support/judge.mjs';
import { survive } from './support/trial.mjs';

/*
 * The server is killed at random moments while visitors submit leads. What it acknowledged is there afterwards, once, and
 * whoever was not answered and asks again with the same key gets one lead.
 */

const rounds = Number(process.env['HILLSIDE_KILL_ROUNDS'] || 5);
const seed = Number(process.env['HILLSIDE_KILL_SEED'] || randomInt(2 ** 31));
const timeout = 60_000 + rounds * 15_000;

test('SQLite loses and doubles no lead', { timeout }, (t) => holds(t, 'SQLite', sqlite));

test('PostgreSQL loses and doubles no lead', { timeout, skip: skipsPostgres }, (t) => holds(t, 'PostgreSQL', postgres));

const holds = (t, name, database) =>
  inFolder(t, async (folder) => {
    t.diagnostic(`${name}: ${rounds} rounds, seed ${seed}`);
    const { verdict, crowd, totalCount, restartsMs, wrongInFile } = await survive(folder, database, { rounds, seed });
    const [median, slowest] = [restartsMs[Math.floor(restartsMs.length / 2)], restartsMs.at(-1)];
    t.diagnostic(
      `${name}: ${rounds} kills, ${verdict.acknowledged} acknowledged, ${verdict.lost.length} lost, ` +
        `${verdict.doubled.length} doubled, ${crowd.interrupted} interrupted, ${crowd.recognised} of them written all the same, ` +
        `${crowd.repeated} answered again, restart ${median} ms (slowest ${slowest} ms)`,
    );
    if (wrongInFile === null) t.diagnostic(`${name}: there is no sqlite3, so the file's integrity was not checked`);

    assert.deepEqual(verdict, { ...noFault, acknowledged: crowd.keys });
    assert.equal(totalCount, crowd.keys);
    assert.equal(wrongInFile ?? '', '');
    assert.ok(crowd.interrupted > 0, 'No kill met a request.');
  });
