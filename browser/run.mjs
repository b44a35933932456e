// Starts the demo and runs every test in tests/ against it.
//
//   SAMEBOAT_BIN=../target/debug/sameboat node run.mjs [--shots] [name …]
//
// `--shots` keeps a picture of every page in target/shots. A name such as
// `weight` runs only tests/weight.mjs.
import { readdirSync } from 'node:fs';
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

// One file at a time: each keeps a browser busy, and times are measured.
const tests = run({ files, concurrency: 1 });
tests.on('test:fail', () => { process.exitCode = 1; });
const shown = tests.compose(spec);
shown.pipe(process.stdout);
shown.on('end', () => site.stop());
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => { await site.stop(); process.exit(1); });
}
