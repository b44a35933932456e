// Three PostgreSQL servers under Patroni, and an etcd, all on this machine and to throw away. What a
// node says to anybody goes over ways of ours, so it can be cut off without touching the machine's
// network.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

// What was started goes with us.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const patroni = process.env.PATRONI ?? 'patroni';
const secret = 'only-for-this-drill';
const root = process.getuid() === 0;
const owner = root ? execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).trim() : `${process.getuid()}`;
const group = root ? execFileSync('id', ['-g', 'postgres'], { encoding: 'utf8' }).trim() : `${process.getgid()}`;

/** Starts something as an account that PostgreSQL likes. */
function start(log, program, ...args) {
  const [first, ...rest] = root
    ? ['setpriv', `--reuid=${owner}`, `--regid=${group}`, '--clear-groups', program, ...args]
    : [program, ...args];
  const child = spawn(first, rest, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: '/tmp' } });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { writeFileSync(log, text, { flag: 'a' }); });
  return child;
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** A way to a port. Cut, it takes calls and passes nothing on in either direction. */
class Way {
  #open = new Set();
  #cut = false;

  static async to(port) {
    const way = new Way();
    way.server = createServer((from) => {
      const to = connect(port, '127.0.0.1');
      for (const [one, other] of [[from, to], [to, from]]) {
        one.on('data', (bytes) => other.write(bytes));
        one.on('error', () => other.destroy());
        one.on('close', () => { other.destroy(); way.#open.delete(one); });
        way.#open.add(one);
        if (way.#cut) one.pause();
      }
    });
    await new Promise((done) => way.server.listen(0, '127.0.0.1', done));
    way.port = way.server.address().port;
    return way;
  }

  cut() {
    this.#cut = true;
    for (const one of this.#open) one.pause();
  }

  /** What was on its way is gone, as after a real cut; new calls go through. */
  mend() {
    this.#cut = false;
    for (const one of this.#open) one.destroy();
  }

  close() {
    this.server.close();
    for (const one of this.#open) one.destroy();
  }
}

/** All processes below these, and these. */
function tree(pids) {
  const all = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      all.set(Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch { /* it has ended */ }
  }
  const found = new Set(pids.filter((pid) => all.has(pid)));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [pid, parent] of all) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

class Node {
  constructor(folder, name) {
    Object.assign(this, { name, folder: join(folder, name) });
    mkdirSync(this.folder);
    if (root) chownSync(this.folder, Number(owner), Number(group));
  }

  async prepare(etcd, scope) {
    [this.port, this.rest] = [await freePort(), await freePort()];
    this.ways = { server: await Way.to(this.port), rest: await Way.to(this.rest), etcd: await Way.to(etcd) };
    const settings = `
scope: ${scope}
name: ${this.name}
restapi: {listen: '127.0.0.1:${this.rest}', connect_address: '127.0.0.1:${this.ways.rest.port}'}
etcd3: {hosts: '127.0.0.1:${this.ways.etcd.port}', use_proxies: true}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 5
    retry_timeout: 5
    maximum_lag_on_failover: 1048576
    synchronous_mode: true
    primary_start_timeout: 0
    master_start_timeout: 0
    postgresql: {use_pg_rewind: true, parameters: {max_connections: 100, wal_keep_size: 256MB, wal_log_hints: 'on'}}
  initdb: [{encoding: UTF8}, {locale: C.UTF-8}, data-checksums]
postgresql:
  listen: '127.0.0.1:${this.port}'
  connect_address: '127.0.0.1:${this.ways.server.port}'
  data_dir: ${join(this.folder, 'data')}
  bin_dir: ${bin()}
  pgpass: ${join(this.folder, 'pass')}
  pg_hba: ['host all all 127.0.0.1/32 scram-sha-256', 'host replication all 127.0.0.1/32 scram-sha-256']
  parameters: {unix_socket_directories: ${this.folder}, shared_buffers: 32MB}
  authentication:
    superuser: {username: postgres, password: ${secret}}
    replication: {username: copy, password: ${secret}}
    rewind: {username: postgres, password: ${secret}}
`;
    writeFileSync(join(this.folder, 'patroni.yml'), settings);
  }

  start() {
    this.child = start(join(this.folder, 'log'), patroni, join(this.folder, 'patroni.yml'));
  }

  #pids() {
    const file = join(this.folder, 'data/postmaster.pid');
    const server = existsSync(file) ? [Number(readFileSync(file, 'utf8').split('\n')[0])] : [];
    return tree([this.child.pid, ...server]);
  }

  signal(name) {
    for (const pid of this.#pids()) {
      try { process.kill(pid, name); } catch { /* it has ended */ }
    }
  }

  cut() { for (const way of Object.values(this.ways)) way.cut(); }

  mend() { for (const way of Object.values(this.ways)) way.mend(); }
}

function bin() {
  const all = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
  return `/usr/lib/postgresql/${all[0]}/bin`;
}

/** The cluster; it is there when it has a leader and somebody who holds a copy of every commit. */
export async function cluster() {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-failover-'));
  execFileSync('chmod', ['755', folder]);
  const store = join(folder, 'etcd');
  mkdirSync(store, { mode: 0o700 });
  if (root) chownSync(store, Number(owner), Number(group));
  const [client, peer] = [await freePort(), await freePort()];
  const etcd = start(join(folder, 'etcd.log'), 'etcd', '--data-dir', store, '--name', 'one',
    '--listen-client-urls', `http://127.0.0.1:${client}`, '--advertise-client-urls', `http://127.0.0.1:${client}`,
    '--listen-peer-urls', `http://127.0.0.1:${peer}`, '--initial-advertise-peer-urls', `http://127.0.0.1:${peer}`,
    '--initial-cluster', `one=http://127.0.0.1:${peer}`);
  const nodes = ['one', 'two', 'three'].map((name) => new Node(folder, name));
  for (const node of nodes) await node.prepare(client, 'drill');
  const end = () => {
    for (const node of nodes) {
      if (node.child) node.signal('SIGKILL');
      for (const way of Object.values(node.ways)) way.close();
    }
    etcd.kill('SIGKILL');
    if (!process.env.KEEP) rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', end);

  /** What Patroni says of everybody, asked of whoever answers. */
  const members = async () => {
    for (const node of nodes) {
      try {
        const said = await fetch(`http://127.0.0.1:${node.rest}/cluster`, { signal: AbortSignal.timeout(1_000) });
        return (await said.json()).members;
      } catch { /* the next one */ }
    }
    return [];
  };
  const find = async (role) => {
    const found = (await members()).find((member) => member.role === role);
    return nodes.find(({ name }) => name === found?.name);
  };
  const whole = async (seconds = 120) => {
    for (let tries = 0; tries < seconds * 2; tries += 1) {
      const all = await members();
      const good = all.filter(({ state }) => state === 'running' || state === 'streaming');
      if (good.length === 3 && all.some(({ role }) => role === 'leader') && all.some(({ role }) => role === 'sync_standby')) return;
      await pause(500);
    }
    throw new Error(`the cluster does not come together:\n${JSON.stringify(await members(), null, 1)}\nlogs in ${folder}`);
  };
  nodes[0].start();
  for (let tries = 0; (await find('leader')) === undefined; tries += 1) {
    if (tries > 240) throw new Error(`no leader; logs in ${folder}`);
    await pause(500);
  }
  for (const node of nodes.slice(1)) node.start();
  await whole();
  const ask = async (sql, database = 'postgres') => {
    const { port } = await find('leader');
    const env = { ...process.env, PGPASSWORD: secret };
    // Waited for without standing still: the servers speak to one another over our ways.
    const done = await promisify(execFile)('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-h', '127.0.0.1', '-p', `${port}`, '-U', 'postgres', '-d', database, '-c', sql], { encoding: 'utf8', env });
    return done.stdout;
  };
  const hosts = nodes.map(({ ways }) => `127.0.0.1:${ways.server.port}`).join(',');
  return {
    nodes,
    whole,
    ask,
    end,
    leader: () => find('leader'),
    url: (database) => `postgres://postgres:${secret}@${hosts}/${database}?target_session_attrs=read-write`,
    version: () => execFileSync(patroni, ['--version'], { encoding: 'utf8' }).trim(),
  };
}
