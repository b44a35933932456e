// The program under test: `sameboat demo`, on a free port, in a folder of its own; with
// SAMEBOAT_TEST_DB=postgres in a database of its own too.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freshDatabase } from './postgres.mjs';

const patience = 120_000;

/** The site that `run.mjs` started, as { url, people }. */
export function sharedSite() {
  const told = process.env.SAMEBOAT_SITE;
  if (!told) throw new Error('Start the tests with: node browser/run.mjs');
  return JSON.parse(told);
}

/** Starts a site. Gives { url, people: [{ name, group, role, sign_in }], stop }. */
export async function startSite() {
  const program = process.env.SAMEBOAT_BIN
    ?? new URL('../../target/debug/sameboat', import.meta.url).pathname;
  const data = await mkdtemp(join(tmpdir(), 'sameboat-browser-'));
  const database = process.env.SAMEBOAT_TEST_DB === 'postgres' ? freshDatabase() : undefined;
  const on = database ? ['--database', database.url] : [];
  const process_ = spawn(program, ['demo', '--json', '--listen', '127.0.0.1:0', '--data', join(data, 'demo'), ...on], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => process_.once('exit', done));
  const stop = async () => {
    process_.kill('SIGTERM');
    const hurry = setTimeout(() => process_.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(hurry);
    // A child of the program may still hold the pipe, and would hold us too.
    process_.stdout.destroy();
    database?.drop();
    await rm(data, { recursive: true, force: true });
  };
  try {
    const { url, people } = JSON.parse(await firstLine(process_));
    return { url: url.replace(/\/$/, ''), people, stop };
  } catch (problem) {
    await stop();
    throw problem;
  }
}

function firstLine(process_) {
  return new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error('The demo said nothing for two minutes.')), patience);
    const settle = (how) => (value) => { clearTimeout(late); how(value); };
    process_.once('error', settle(failed));
    process_.once('exit', (code) => settle(failed)(new Error(`The demo ended before it began (${code}).`)));
    createInterface({ input: process_.stdout }).once('line', settle(done));
  });
}
