import { execFile } from 'node:child_process';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { Hillside } from '../../../admin-ui/e2e/support/hillside.ts';
import { signIn } from './signIn.ts';

/** How a tool ended, and everything it said. */
export type Ran = { ok: boolean; said: string };

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the server is: `http://127.0.0.1:…`. */
    url: string;
    /** The token of an administrator. */
    token: string;
    /** How the client preset of GraphQL Code Generator ended. */
    codegen: Ran;
    /** How Relay's compiler ended. */
    relay: Ran;
  }
}

export const folder = join(import.meta.dirname, '..');

/** Runs a program of `node_modules`. */
export const run = async (program: string, ...args: string[]): Promise<Ran> => {
  const path = join(folder, 'node_modules', '.bin', program);
  try {
    const { stdout, stderr } = await promisify(execFile)(path, args, { cwd: folder });
    return { ok: true, said: stdout + stderr };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return { ok: false, said: `${error}\n${stdout}${stderr}` };
  }
};

/** One server for all suites; what the code generators write comes first, because suites import it. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const hillside = await Hillside.start();
  try {
    const generated = join(folder, 'generated');
    await rm(generated, { recursive: true, force: true });
    await mkdir(join(generated, 'relay'), { recursive: true });
    // Relay's compiler reads no schema from outside its folder.
    await copyFile(join(folder, '../../api/schema/public.graphql'), join(generated, 'public.graphql'));
    project.provide('codegen', await run('graphql-codegen', '--config', 'codegen.ts'));
    project.provide('relay', await run('relay-compiler', 'relay.config.json'));
    project.provide('url', hillside.url);
    project.provide('token', await signIn(hillside));
  } catch (error) {
    await hillside.stop();
    throw error;
  }
  return () => hillside.stop();
};
