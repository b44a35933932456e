// An empty database on the PostgreSQL that DATABASE_URL names.
import { execFileSync } from 'node:child_process';

const server = () => {
  if (!process.env.DATABASE_URL) throw new Error('Say: DATABASE_URL=$(bin/postgres) node drill/run.mjs');
  return process.env.DATABASE_URL;
};

const ask = (url, sql) => execFileSync('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', sql], { encoding: 'utf8' });

/** Makes one; gives { url, tables, drop }. */
export function emptyDatabase() {
  const home = server();
  const name = `drill_${process.pid}_${Date.now()}`;
  ask(home, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = new URL(home);
  url.pathname = name;
  return {
    url: url.href,
    tables: () => ask(url.href, "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public'"),
    drop: () => ask(home, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}
