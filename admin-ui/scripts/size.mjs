// What each route costs over the wire, gzipped, against its budget. Reads Vite's manifests.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = 'dist.new';
const manifestOf = (build) => JSON.parse(readFileSync(join(root, `.vite/${build}.json`), 'utf8'));
// Two builds that share no file: what one names `index.html`, the other does not have.
const manifest = { ...manifestOf('graphiql'), ...manifestOf('manifest') };
const gz = (file) => gzipSync(readFileSync(join(root, file)), { level: 9 }).length / 1000;

/** Every file that must be there before `key` runs, scripts and styles. */
const closure = (key, seen = new Set()) => {
  const chunk = manifest[key];
  if (chunk === undefined || seen.has(key)) return seen;
  seen.add(key);
  for (const next of chunk.imports ?? []) closure(next, seen);
  return seen;
};
const cost = (keys) => {
  const css = new Set();
  let js = 0;
  for (const key of keys) {
    const chunk = manifest[key];
    if (chunk.file.endsWith('.js')) js += gz(chunk.file);
    for (const file of chunk.css ?? []) css.add(file);
  }
  return { js, css: [...css].reduce((sum, file) => sum + gz(file), 0) };
};

const entry = closure('index.html');
const shell = closure('src/app/Shell.tsx', new Set(entry));
const budgets = [
  // name, module, what is there before, JS kB, CSS kB
  // Forms are a file of their own since the library draws them too, and two files compress less well than one.
  ['entry', 'index.html', new Set(), 170, 22],
  ['sign-in, whole', 'src/features/session/SignIn.tsx', new Set(), 190, 28],
  // What fewer than 26 files share comes with those that use it and not with the entry: a field for long texts is one of them.
  ['leads on the shell', 'src/features/leads/Inbox.tsx', shell, 74, 6],
  ['pages on the shell', 'src/features/pages/PagesList.tsx', shell, 60, 6],
  ['page tree on the shell', 'src/features/pages/tree/PageTree.tsx', shell, 84, 6],
  ['calendar on the shell', 'src/features/calendar/Calendar.tsx', shell, 30, 4],
  ['reports on the shell', 'src/features/reports/Reports.tsx', shell, 30, 4],
  ['therapies on the shell', 'src/features/therapies/TherapiesList.tsx', shell, 60, 6],
  ['library on the shell', 'src/features/library/Library.tsx', shell, 84, 6],
  ['media on the shell', 'src/features/media/MediaLibrary.tsx', shell, 60, 6],
  ['preview in a window of its own', 'src/features/pages/PagePreview.tsx', entry, 25, 2],
  // What lists of forms share with the editor became a file of its own, which compresses less well.
  ['page editor on the shell', 'src/features/pages/PageEditor.tsx', shell, 190, 7.6],
  ['therapy editor on the shell', 'src/features/therapies/TherapyEditor.tsx', shell, 190, 7.6],
  // Opened by developers only; what it weighs is mostly CodeMirror, React and graphql-js.
  ['graphiql', 'graphiql.html', new Set(), 430, 10],
];

let over = false;
for (const [name, module, before, jsBudget, cssBudget] of budgets) {
  if (manifest[module] === undefined) {
    console.error(`${name}: ${module} is not in the manifest`);
    over = true;
    continue;
  }
  const all = closure(module, new Set(name === 'sign-in, whole' ? entry : []));
  const { js, css } = cost([...all].filter((key) => !before.has(key)));
  const bad = js > jsBudget || css > cssBudget;
  over ||= bad;
  console.log(
    `${bad ? 'OVER ' : 'ok   '}${name}: ${js.toFixed(1)} of ${jsBudget} kB script, ${css.toFixed(1)} of ${cssBudget} kB style`,
  );
}
const fonts = [...entry]
  .flatMap((key) => manifest[key].assets ?? [])
  .filter((file) => /inter-latin-wght-normal/.test(file));
if (fonts.length !== 1 || fonts.some((file) => readFileSync(join(root, file)).length > 50_000)) {
  console.error(`The first view should load one font file of at most 50 kB, found: ${fonts.join(', ') || 'none'}`);
  over = true;
}
if (over) process.exit(1);
