// A place of its own for a measurement: `serve` on a free port, in a throwaway folder.
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const built = (name) => new URL(`../../target/release/${name}`, import.meta.url).pathname;
export const program = process.env.SAMEBOAT_BIN ?? built('sameboat');
/** The program of `crates/bench`. */
export const measurer = process.env.BENCH_BIN ?? built('bench');

const host = `starting = "anyone"
[host]
who = "A measurement"
reach = "Nobody"
country = "GB"
backup_days = 1
complain = "Nowhere"
`;

/** A folder with settings in it, that goes when the measurement is over. */
export function place() {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-bench-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  writeFileSync(join(data, 'settings.toml'), host);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return { folder, data };
}

const freePort = () => new Promise((done) => {
  const trying = createServer().listen(0, '127.0.0.1', () => {
    const { port } = trying.address();
    trying.close(() => done(port));
  });
});

/** Starts `serve`, or what serves like it; gives { url, pid, kill, stop, ended, seconds } once it answers. */
export async function serve({ data }, more = [], [file, ...words] = [program, 'serve']) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(file, [...words, '--data', data, '--listen', `127.0.0.1:${port}`,
    '--url', 'https://bench.example', '--behind-proxy', ...more], { stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', done));
  for (;;) {
    if (child.exitCode !== null) throw new Error(`serve ended (${child.exitCode})`);
    try {
      if ((await fetch(`${url}/ready`)).ok) break;
    } catch {
      await new Promise((done) => setTimeout(done, 10));
    }
  }
  const end = (signal) => async () => { child.kill(signal); await ended; };
  const seconds = (performance.now() - began) / 1000;
  return { url, pid: child.pid, kill: end('SIGKILL'), stop: end('SIGTERM'), ended, seconds };
}

/** Somebody's browser, as far as cookies and forms go. */
export class Browser {
  constructor(address) {
    this.address = address;
    this.cookies = new Map();
  }

  async ask(url, options = {}) {
    const answer = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(40_000),
      ...options,
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-forwarded-for': this.address,
        origin: 'https://bench.example',
        'sec-fetch-site': 'same-origin',
      },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      this.cookies.set(name, value);
    }
    return { status: answer.status, text: await answer.text(), at: answer.headers.get('location') };
  }

  get(url) {
    return this.ask(url);
  }

  post(url, fields) {
    return this.ask(url, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** Joins through the pages. */
  async join(site) {
    const { text } = await this.get(`${site.url}/join`);
    const made = await this.post(`${site.url}/join`, {
      once: field(text, 'once'), to: field(text, 'to'), word: field(text, 'word'), 'own-word': '',
      passphrase: field(text, 'passphrase'),
    });
    if (made.status >= 400) throw new Error(`joining was answered with ${made.status}`);
  }
}

/** The value of a form's first field of this name. */
export function field(html, name) {
  const found = new RegExp(`name="${name}" value="([^"]*)"`).exec(html);
  return found?.[1].replaceAll('&#38;', '&').replaceAll('&amp;', '&') ?? '';
}
