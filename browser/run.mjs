// Starts the demo and runs every test in tests/ against it.
//
//   SAMEBOAT_BIN=../target/debug/sameboat node run.mjs [--shots] [name …]
//
// `--shots` keeps a picture of every page in target/shots. A name such as
// `evening` runs only tests/evening.mjs. With SAMEBOAT_TEST_DB=postgres the sites lie there.
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { startSite } from './lib/site.mjs';

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (process.argv.includes('--shots')) process.env.SAMEBOAT_SHOTS = '1';

const folder = new URL('./tests/', import.meta.url);
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs'))
  .filter((file) => wanted.length === 0 || wanted.includes(file.replace('.mjs', '')))
  .sort()
  .map((file) => new URL(file, folder).pathname);
if (files.length === 0) {
  console.error('There is no test of that name.');
  process.exit(2);
}

// One site for all tests that only look. Tests that end a sign-in start their own.
const site = await startSite();
process.env.SAMEBOAT_SITE = JSON.stringify({ url: site.url, people: site.people });

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => { await site.stop(); process.exit(1); });
}

// Files that measure time have the machine for themselves; then two at a time, the longest first.
const alone = ['round', 'slow'];
const longest = ['evening', 'pages', 'lost'];
const nameOf = (file) => basename(file, '.mjs');
const order = (file) => (longest.indexOf(nameOf(file)) + 1 || Infinity);
const timed = files.filter((file) => alone.includes(nameOf(file)));
const others = files.filter((file) => !alone.includes(nameOf(file))).sort((a, b) => order(a) - order(b) || 0);
try {
  await runAll(timed, 1);
  await runAll(others, 2);
} finally {
  await site.stop();
}

async function runAll(some, concurrency) {
  if (some.length === 0) return;
  const tests = run({ files: some, concurrency });
  tests.on('test:fail', () => { process.exitCode = 1; });
  const shown = tests.compose(spec);
  shown.pipe(process.stdout, { end: false });
  await finished(shown);
}
