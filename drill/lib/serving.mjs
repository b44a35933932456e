// The program as the unit in deploy/ starts it: its command, its user, its key as a credential.
import { createServer } from 'node:net';
import { unit } from './document.mjs';

const said = unit(new URL('../../deploy/sameboat.service', import.meta.url));
const url = 'https://circle.example';

const freePort = () => new Promise((done) => {
  const trying = createServer().listen(0, '127.0.0.1', () => {
    const { port } = trying.address();
    trying.close(() => done(port));
  });
});

/** Starts it on a machine; gives { address, url, said, kill } once it answers. */
export async function serve(machine, more = '') {
  const port = await freePort();
  const [user] = said.User;
  const [credential, key] = said.LoadCredential[0].split(':');
  const command = said.ExecStart[0].replace('127.0.0.1:8080', `127.0.0.1:${port}`);
  if (!command.includes(port)) throw new Error('the unit names another port than 8080');
  // What systemd does before it starts the program. It leaves a folder that is there as it is.
  const running = machine.start(`
    [ -d /var/lib/${said.StateDirectory} ] || install -d -o ${user} -g ${user} -m 700 /var/lib/${said.StateDirectory}
    install -d -o ${user} -m 500 /run/credentials
    install -o ${user} -m 400 '${key}' '/run/credentials/${credential}'
    export CREDENTIALS_DIRECTORY=/run/credentials SAMEBOAT_URL='${url}' SAMEBOAT_MORE='${more}'
    umask ${said.UMask}
    exec setpriv --reuid=${user} --regid=${user} --clear-groups -- ${command}`);
  const site = { address: `http://127.0.0.1:${port}`, url, said: running.said, kill: running.kill };
  let ended;
  running.ended.then((status) => { ended = status; });
  for (let tries = 0; tries < 600; tries += 1) {
    if (ended !== undefined) throw new Error(`it did not start (${ended}):\n${running.said()}`);
    if (await isReady(site)) return site;
    await new Promise((done) => setTimeout(done, 50));
  }
  await running.kill('KILL');
  throw new Error(`it did not answer for 30 seconds:\n${running.said()}`);
}

const isReady = async ({ address }) => {
  try {
    return (await fetch(`${address}/ready`)).ok;
  } catch {
    return false;
  }
};
