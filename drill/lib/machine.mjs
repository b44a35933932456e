// A bare machine: a root folder of its own with the system's /usr (read-only), an account named
// root, and nothing else. Commands run in it by chroot, in mounts of their own that end with them.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// What was started goes with us.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const asRoot = process.getuid() === 0 ? [] : ['sudo', '-n'];

/** A folder for all machines and drives of one drill, and how to throw it away. */
export function workshop() {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-drill-'));
  return { folder, clear: () => command(['rm', '-rf', folder]) };
}

/** A folder that machines can be given at /mnt/NAME: a stick, or a disk of another machine. */
export function drive(workshop, name) {
  const folder = join(workshop.folder, `drive-${name}`);
  mkdirSync(folder);
  return { name, folder };
}

const setUp = `
cd "$1"
mkdir -p root/usr root/proc root/dev root/etc root/root root/tmp root/mnt root/var/lib root/var/backups root/run local/bin
chmod 1777 root/tmp
for name in bin sbin lib lib64; do [ ! -e "/usr/$name" ] || ln -s "usr/$name" "root/$name"; done
touch root/dev/null
echo 'root:x:0:0:root:/root:/bin/bash' >root/etc/passwd
echo 'root:x:0:' >root/etc/group
`;

const enter = `
cd "$1"; shift
mount --bind /usr root/usr
mount -o remount,bind,ro root/usr
mount --bind local root/usr/local
mount --bind /dev/null root/dev/null
while [ "$1" != -- ]; do
    mkdir -p "root/mnt/$1"
    mount --bind "$2" "root/mnt/$1"
    shift 2
done
exec chroot root /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin HOME=/root \\
    /bin/bash -euo pipefail -c 'cd; umask 022; eval "$1"' bash "$2"
`;

export class Machine {
  #started = 0;

  constructor(workshop, name, drives = []) {
    this.folder = join(workshop.folder, name);
    this.drives = drives;
    mkdirSync(this.folder);
    command(['bash', '-euc', setUp, 'bash', this.folder]);
  }

  /** The program comes with its installation. */
  install(program) {
    command(['install', '-m', '755', program, join(this.folder, 'local/bin/sameboat')]);
  }

  #enter(script) {
    const drives = this.drives.flatMap(({ name, folder }) => [name, folder]);
    return [...asRoot, 'unshare', '--mount', '--fork', '--kill-child',
      'bash', '-euc', enter, 'bash', this.folder, ...drives, '--', script];
  }

  /** Types commands; gives { status, said } when they have ended. */
  try(script, input = '') {
    const [program, ...args] = this.#enter(script);
    const done = spawnSync(program, args, { input, encoding: 'utf8' });
    if (done.error) throw done.error;
    return { status: done.status, said: done.stdout + done.stderr };
  }

  /** The same, for commands that must work; gives what they said. */
  type(script, input) {
    const { status, said } = this.try(script, input);
    if (status !== 0) throw new Error(`on ${this.folder}, status ${status}:\n${script}\n${said}`);
    return said;
  }

  /** Starts what goes on by itself; gives { said, ended, kill }. */
  start(script) {
    const mark = `/run/started-${this.#started += 1}`;
    const [program, ...args] = this.#enter(`echo $$ >${mark}\n${script}`);
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => { said += text; });
    }
    let over = false;
    const ended = new Promise((done) => {
      child.once('close', (status) => {
        over = true;
        done(status);
      });
    });
    const signal = (name) => over || this.try(`kill -${name} "$(cat ${mark})"`);
    process.once('exit', () => signal('KILL'));
    const kill = async (name) => {
      signal(name);
      await ended;
    };
    return { said: () => said, ended, kill };
  }

  /** Writes a file. */
  put(file, text) {
    this.type(`cat >'${file}'`, text);
  }

  /** The machine and all that is on it are lost. */
  lose() {
    command(['rm', '-rf', this.folder]);
  }
}

function command([...words]) {
  const [program, ...args] = [...asRoot, ...words];
  return execFileSync(program, args, { encoding: 'utf8' });
}
