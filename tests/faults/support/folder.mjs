import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Does `body` in a folder of its own, which stays when it fails: what the server kept, and the ledger, are the evidence. */
export const inFolder = async (t, body) => {
  const folder = await mkdtemp(join(tmpdir(), 'hillside-faults-'));
  try {
    await body(folder);
  } catch (error) {
    t.diagnostic(`The server's files and the ledger are kept in ${folder}`);
    throw error;
  }
  await rm(folder, { recursive: true, force: true });
};
