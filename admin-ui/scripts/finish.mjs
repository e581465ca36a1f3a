// The last step of a build: refuses one with missing Mantine styles, compresses, and puts it in place at once.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const fresh = 'dist.new';
const files = readdirSync(fresh, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const textOf = (extension) =>
  files
    .filter((file) => extname(file) === extension)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
const classesOf = (text) => new Set(text.match(/\bm_[0-9a-f]{6,8}\b/g) ?? []);

const styled = classesOf(
  ['@mantine/core/styles.css', '@mantine/notifications/styles.css']
    .map((file) => readFileSync(join('node_modules', file), 'utf8'))
    .join('\n'),
);
const used = classesOf(textOf('.js'));
const present = classesOf(textOf('.css'));
const missing = [...used].filter((name) => styled.has(name) && !present.has(name));
if (missing.length > 0) {
  console.error(
    `Components without their styles: ${missing.join(', ')}. Add the missing lines to src/theme/mantine.ts.`,
  );
  process.exit(1);
}

const graphiql = new Set(
  Object.values(JSON.parse(readFileSync(join(fresh, '.vite/graphiql.json'), 'utf8')))
    .flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets])
    .concat('graphiql.html')
    .map((file) => join(fresh, file)),
);
rmSync(join(fresh, '.vite'), { recursive: true, force: true });

/** What the binary may carry of each, in kB: as it is, and compressed twice. */
const embedded = { admin: { most: 5000, raw: 0, br: 0, gz: 0 }, graphiql: { most: 2300, raw: 0, br: 0, gz: 0 } };
for (const file of files) {
  if (file.includes('.vite')) continue;
  const raw = readFileSync(file);
  const sizes = embedded[graphiql.has(file) ? 'graphiql' : 'admin'];
  sizes.raw += raw.length;
  if (!/\.(js|css|html|svg|json|webmanifest)$/.test(file) || raw.length < 512) continue;
  const br = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  const gz = gzipSync(raw, { level: 9 });
  writeFileSync(`${file}.br`, br);
  writeFileSync(`${file}.gz`, gz);
  sizes.br += br.length;
  sizes.gz += gz.length;
}
for (const [name, { most, ...sizes }] of Object.entries(embedded)) {
  const [raw, br, gz] = Object.values(sizes).map((bytes) => Math.round(bytes / 1000));
  console.log(`embedded ${name}: ${raw} kB raw + ${br} br + ${gz} gz`);
  if (raw + br + gz > most) {
    console.error(`More than the ${most} kB the binary should carry for ${name}.`);
    process.exit(1);
  }
}

rmSync('dist', { recursive: true, force: true });
renameSync(fresh, 'dist');
