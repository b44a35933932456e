// The drill (P21): a machine is lost, and another one takes its place by the document alone.
//
//   bin/ci drill
//   DATABASE_URL=$(bin/postgres) SAMEBOAT_BIN=target/debug/sameboat node drill/run.mjs
//
// The machines are bare: a root folder each, in which nothing of ours is but the program and what
// the commands of docs/operate.md put there. The drill types those commands as they stand (the
// blocks that say `drill=…`), and starts the program as the unit in deploy/ says. With PostgreSQL
// it adds `--database`. It needs root or sudo.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { blocks } from './lib/document.mjs';
import { Machine, drive, workshop } from './lib/machine.mjs';
import { Browser, Person } from './lib/people.mjs';
import { emptyDatabase } from './lib/postgres.mjs';
import { serve } from './lib/serving.mjs';

const program = process.env.SAMEBOAT_BIN
  ?? new URL('../target/debug/sameboat', import.meta.url).pathname;
const written = blocks(new URL('../docs/operate.md', import.meta.url));
const here = workshop();
const stick = drive(here, 'key');
const elsewhere = drive(here, 'elsewhere');
after(() => here.clear());

const shared = 'The kettle at number nine';
const takenAlong = 'The bench behind the chapel';

/** What the host has at hand when the machine is lost, and what people had in their browsers. */
const kept = {};
const people = {};

describe('A place, a backup while people write, and the loss of the machine', () => {
  const old = new Machine(here, 'old', [stick, elsewhere]);
  let site;

  test('it is installed as written', async () => {
    old.install(program);
    old.type(written.get('account'));
    assert.match(old.type(written.get('key')), /they belong together/);
    const line = /^backup_key = ".*"$/m.exec(old.type(written.get('backup-key')))[0];
    const top = written.get('backup-settings').replace(/^backup_key = .*$/m, line);
    old.put('/etc/sameboat/settings.toml', top + written.get('settings'));
    old.type(written.get('gone-folder'));
    old.drives = [elsewhere];
    site = await serve(old);
    for (let tries = 0; old.try('cat /mnt/elsewhere/sameboat/gone').status !== 0; tries += 1) {
      assert.ok(tries < 25, 'there is no gone list before anybody goes');
      await pause(200);
    }
    kept.settings = old.type('cat /etc/sameboat/settings.toml');
    kept.key = old.type('cat /etc/sameboat/instance.key');
  });

  test('people come, and share', async () => {
    const link = /To start the first group, open (\S+)/.exec(site.said())[1];
    for (const word of ['ana', 'ben', 'cleo', 'dan']) {
      people[word] = new Person(site);
      await people[word].join(word);
    }
    const { ana, ben, cleo } = people;
    kept.group = await ana.begin(link, 'Ana');
    await ben.comeIn(kept.group, 'Ben', ana);
    await cleo.comeIn(kept.group, 'Cleo', ana);
    kept.link = await ana.link(kept.group);
    await ana.share(kept.group, shared);
    await cleo.share(kept.group, takenAlong);
    assert.ok((await ben.open(`${kept.group}/talk`)).html.includes(takenAlong));
  });

  test('a backup is made while they write', async () => {
    let going = true;
    kept.marks = { ana: [], ben: [] };
    const writing = Object.entries(kept.marks).map(async ([who, marks]) => {
      while (going) {
        const mark = `mark-${who}-${marks.length + 1}-end`;
        const sent = performance.now();
        await people[who].keep(mark);
        marks.push({ mark, sent, answered: performance.now() });
      }
    });
    await pause(300);
    kept.began = performance.now();
    const made = old.start(written.get('backup'));
    assert.equal(await made.ended, 0, made.said());
    kept.ended = performance.now();
    [, kept.sum] = /^SHA-256: ([0-9a-f]{64})$/m.exec(made.said());
    await pause(300);
    going = false;
    await Promise.all(writing);
    for (const marks of Object.values(kept.marks)) {
      assert.ok(marks.some(({ answered }) => answered < kept.began), 'nobody wrote before it');
      assert.ok(marks.some(({ sent, answered }) => sent > kept.began && answered < kept.ended), 'nobody wrote meanwhile');
      assert.ok(marks.some(({ sent }) => sent > kept.ended), 'nobody wrote after it');
    }
  });

  test('somebody leaves the group, and somebody leaves for good', async () => {
    const { cleo, dan } = people;
    await cleo.do(`${kept.group}/leave`, `${kept.group}/leave`, { words: 'removed' });
    await dan.do('/me/leave', '/me/leave', { old: dan.passphrase, words: 'removed', sure: '1' });
    const list = () => old.try('cat /mnt/elsewhere/sameboat/gone').said;
    for (let tries = 0; tries < 60 && !/ person .*\n/.test(list()); tries += 1) await pause(200);
    assert.match(list(), / member .*\n/);
    assert.match(list(), / person .*\n/);
  });

  const lose = async () => {
    await site?.kill('KILL');
    old.lose();
  };
  test('the machine is lost', lose);
  after(lose);
});

/** All pages of a notebook, however many were written meanwhile. */
async function wholeNotebook(browser) {
  let all = '';
  for (let address = '/notebook'; address;) {
    const { html } = await browser.open(address);
    all += html;
    address = /href="([^"]*kind=page&amp;before=\d+)"/.exec(html)?.[1].replace('&amp;', '&');
  }
  return all;
}

for (const engine of ['SQLite', 'PostgreSQL']) {
  describe(`A bare machine in its place, with ${engine}`, () => {
    const machine = new Machine(here, engine, [stick, elsewhere]);
    const restore = written.get('restore');
    const [, from] = /--from (\S+)/.exec(restore);
    let database;
    let site;

    before(() => {
      if (engine === 'PostgreSQL') database = emptyDatabase();
      machine.install(program);
      machine.type(written.get('account'));
      machine.put('/etc/sameboat/settings.toml', kept.settings);
      machine.put('/etc/sameboat/instance.key', kept.key);
      machine.type(written.get('key-back'));
      // The newest backup, by the name that the document gives it.
      machine.type(`backup=$(ls /mnt/elsewhere/backups/*.sealed); [ "$backup" = ${from} ] || mv "$backup" ${from}`);
    });
    after(async () => {
      await site?.kill('TERM');
      database?.drop();
      machine.lose();
    });

    const commands = () => {
      const summed = restore.replace(/(--sha256) \S+/, `$1 ${kept.sum}`);
      return database ? summed.replace(/sameboat (restore|check)/g, `$& --database '${database.url}'`) : summed;
    };
    const untouched = () => [machine.type('find /var/lib /var/backups'), database?.tables() ?? ''].join('');

    /** Types the written commands while something is wrong: they say why, and touch nothing. */
    const refused = (spoil, why) => {
      const before = untouched();
      machine.type(`cp -a /etc/sameboat /mnt/key /root/ && cp -a /mnt/elsewhere /root/`);
      machine.type(spoil);
      const { status, said } = machine.try(commands());
      machine.type('cp -a /root/sameboat /etc/ && cp -a /root/key /root/elsewhere /mnt/ && rm -r /root/*');
      assert.notEqual(status, 0, said);
      assert.match(said, why);
      assert.equal(untouched(), before);
    };

    test('a backup that was cut off is refused', () => refused(`truncate -s -1 ${from}`, /damaged or cut off/));

    test('another secret half is refused', () => refused(
      'rm /mnt/key/backup.secret; sameboat backup-key --secret /mnt/key/backup.secret', /does not open this backup/));

    test('another instance key is refused', () => refused(
      'rm /etc/sameboat/instance.key; sameboat check --data /tmp/trial --key /etc/sameboat/instance.key',
      /not the one that this backup belongs to/));

    test('no instance key is refused', () => refused('rm /etc/sameboat/instance.key', /is missing/));

    test('a gone list whose end was cut off is refused', () => refused(
      'sed -i "$ d" /mnt/elsewhere/sameboat/gone', /the end of the gone list was cut off/));

    test('another backup under its name is refused', async () => {
      const right = kept.sum;
      kept.sum = right.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
      try {
        await refused('true', /not the backup whose SHA-256 was named/);
      } finally {
        kept.sum = right;
      }
    });

    test('no gone list is refused', () => refused('rm /mnt/elsewhere/sameboat/gone', /can't read the gone list/));

    test('the written steps bring the place back', async () => {
      machine.type(commands());
      assert.match(machine.type('stat -c "%a %U" /var/lib/sameboat'), /^700 sameboat$/m);
      site = await serve(machine, database ? `--database ${database.url}` : '');
    });

    test('people sign in with their passphrases and find their words, as they were at one moment', async () => {
      for (const [who, marks] of Object.entries(kept.marks)) {
        const { browser, status } = await people[who].signInAt(site);
        assert.equal(status, 200);
        const html = await wholeNotebook(browser);
        const there = marks.map(({ mark }) => html.split(mark).length - 1);
        const count = there.filter((times) => times > 0).length;
        const wanted = marks.map((_, at) => (at < count ? 1 : 0));
        assert.deepEqual(there, wanted, 'each once, and none without the one before it');
        assert.ok(count >= marks.filter(({ answered }) => answered < kept.began).length, 'something is lost');
        assert.ok(count <= marks.filter(({ sent }) => sent < kept.ended).length, 'something came later');
        people[who].now = browser;
      }
    });

    test('the group is there, and goes on', async () => {
      const { ana, ben } = people;
      assert.ok((await ben.now.open(`${kept.group}/talk`)).html.includes(shared));
      await ben.now.share(kept.group, 'Still here');
      assert.ok((await ana.now.open(`${kept.group}/talk`)).html.includes('Still here'));
    });

    test('who left the group finds nothing of it, and is not in it', async () => {
      const { browser, status } = await people.cleo.signInAt(site);
      assert.equal(status, 200);
      for (const page of ['', '/us', '/talk', '/agreement']) {
        assert.equal((await browser.open(kept.group + page)).status, 404, `${page} is there`);
      }
      assert.ok(!(await people.ana.now.open(`${kept.group}/us`)).html.includes('Cleo'));
    });

    test('what they took along does not come back', async () => {
      assert.ok(!(await people.ana.now.open(`${kept.group}/talk`)).html.includes(takenAlong));
    });

    test('who left for good has no sign-in', async () => {
      assert.equal((await people.dan.signInAt(site)).status, 422);
    });

    test('an old cookie opens nothing', async () => {
      for (const page of ['/notebook', kept.group]) {
        const browser = new Browser(site);
        browser.cookies = new Map(people.ana.cookies);
        const { html, path } = await browser.open(page);
        assert.match(path, /^\/sign-in/);
        assert.ok(!html.includes('mark-ana'));
      }
    });

    test('an old link opens nothing', async () => {
      const { status, html } = await new Browser(site).open(kept.link);
      assert.equal(status, 404);
      assert.match(html, /This link opens nothing now/);
    });
  });
}

test('every command that the document marks was typed', () => assert.deepEqual(written.unread(), []));
