import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasSqliteClient, postgres, skipsPostgres, sqlite } from './support/databases.mjs';
import { inFolder } from './support/folder.mjs';
import { noFault } from './support/judge.mjs';
import { survive } from './support/trial.mjs';

/*
 * The kill test with damage done behind the server's back, while it is down: what was done is found, and nothing else.
 */

const never = 'HS-00000';

const damage = async ({ execute, ledger }) => {
  await ledger.note('a key that nobody sent', never);
  const [deleted, unreadable, forgotten] = new Set((await ledger.read()).map(([, reference]) => reference));
  await execute(`DELETE FROM lead WHERE reference = '${deleted}'`);
  // A sealed field opens in its own column only.
  await execute(
    `UPDATE lead_person SET name = email WHERE lead_id = (SELECT id FROM lead WHERE reference = '${unreadable}')`,
  );
  await execute(`UPDATE lead SET idempotency_hash = body_hash WHERE reference = '${forgotten}'`);
  return { deleted, unreadable, forgotten };
};

const finds = (t, database) =>
  inFolder(t, async (folder) => {
    const { verdict, done, crowd } = await survive(folder, database, { rounds: 1, seed: 1, damage });

    // Whoever asks again with a key that is forgotten, or whose lead is deleted, gets a lead that nobody was told of.
    const { contradicted, doubled, ...rest } = verdict;
    assert.equal(doubled.length, 2);
    assert.deepEqual(contradicted.toSorted(), doubled.toSorted());
    assert.ok(!doubled.includes(done.deleted) && !doubled.includes(done.forgotten));
    const { contradicted: _, doubled: __, ...nothing } = noFault;
    assert.deepEqual(rest, {
      ...nothing,
      acknowledged: crowd.keys + 1,
      lost: [done.deleted, never],
      broken: [done.unreadable],
    });
  });

const timeout = 60_000;
const skip = !hasSqliteClient && 'there is no sqlite3';

test('damage on SQLite is found', { timeout, skip }, (t) => finds(t, sqlite));

test('damage on PostgreSQL is found', { timeout, skip: skipsPostgres }, (t) => finds(t, postgres));
