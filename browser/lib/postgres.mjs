// A PostgreSQL database of its own, for a site that does not keep its words in SQLite.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const root = new URL('../../', import.meta.url).pathname;
let made = 0;

/** Makes it on `DATABASE_URL`'s server, else on one from bin/postgres. Gives { url, drop }. */
export function freshDatabase() {
  const given = process.env.DATABASE_URL;
  const stays = given || existsSync(`${root}target/postgres/url`);
  const server = given || execFileSync(`${root}bin/postgres`, { encoding: 'utf8' }).trim();
  made += 1;
  const name = `sameboat_browser_${process.pid}_${made}`;
  const run = (sql) => execFileSync('psql', ['-q', '-d', server, '-c', sql]);
  run(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop() {
      run(`DROP DATABASE ${name} WITH (FORCE)`);
      if (!stays) execFileSync(`${root}bin/postgres`, ['stop']);
    },
  };
}
