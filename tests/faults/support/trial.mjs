import { join } from 'node:path';
import { Crowd } from './crowd.mjs';
import { judge } from './judge.mjs';
import { Ledger } from './ledger.mjs';
import { mulberry32 } from './random.mjs';
import { Server } from './server.mjs';
import { leadsAsStaff } from './staff.mjs';

/**
 * Kills a server `rounds` times under load, lets everybody ask again who was not answered, and judges what is left.
 * `damage` is done after the last kill, while no server runs; what it answers is `done`.
 */
export const survive = async (folder, database, { rounds, seed, damage = async () => {} }) => {
  const { url, execute, check, drop } = await database(folder);
  const server = new Server(folder, { HILLSIDE_DATA_DIR: folder, HILLSIDE_DATABASE_URL: url });
  const ledger = await Ledger.create(join(folder, 'ledger'));
  const random = mulberry32(seed);
  const crowd = new Crowd(server, ledger, random);
  const restartsMs = [];
  try {
    // The first start makes the database; those after it find what a kill left.
    await server.start();
    for (let round = 1; round <= rounds; round += 1) {
      await crowd.prepare();
      const visitors = Array.from({ length: 32 + Math.floor(random() * 33) }, () => crowd.visit());
      const moment = setTimeout(() => server.kill(), 200 + random() * 1_800);
      await Promise.all(visitors).finally(() => clearTimeout(moment));
      await server.kill();
      if (round < rounds) restartsMs.push(await server.start());
    }
    const done = await damage({ execute, ledger });
    restartsMs.push(await server.start());
    await crowd.askAgain();
    const { leads, totalCount } = await leadsAsStaff(server);
    await server.stop();

    const verdict = judge(await ledger.read(), leads);
    restartsMs.sort((a, b) => a - b);
    return { verdict, crowd, totalCount, restartsMs, done, wrongInFile: await check() };
  } finally {
    await server.kill();
    await ledger.close();
    await drop();
  }
};
