import { access, constants, rm } from 'node:fs/promises';

/** The browser of this machine; none is downloaded. */
export const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Where the screens are kept to be looked at; nothing compares them. */
export const shots = 'e2e/__shots__';

/** The binary under test. */
export const binary = (): string => {
  const path = process.env['HILLSIDE_BIN'];
  if (path === undefined || path === '') {
    throw new Error('HILLSIDE_BIN is not set: run `make build`, then `make test-e2e`, which sets it.');
  }
  return path;
};

const isProgram = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** Says what is missing once, before any test begins. */
export default async () => {
  if (!(await isProgram(binary()))) {
    throw new Error(`HILLSIDE_BIN names ${binary()}, and there is no program: run \`make build\`.`);
  }
  if (!(await isProgram(chromium))) {
    throw new Error(`There is no Chromium at ${chromium}: install it, or name one in CHROMIUM.`);
  }
  await rm(shots, { recursive: true, force: true });
};
