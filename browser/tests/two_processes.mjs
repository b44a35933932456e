// Two whole programs on one PostgreSQL (promise P19): a round seen live from both, and 200 clients
// who want the same thing through both at once.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, field, place, serve } from '../../bench/lib/site.mjs';
import { launch } from '../lib/browser.mjs';
import * as evening from '../lib/evening.mjs';
import { pointer } from '../lib/hands.mjs';
import { freshDatabase } from '../lib/postgres.mjs';

const many = 200;

describe('two processes on one PostgreSQL', { concurrency: false }, () => {
  let database;
  let processes;
  let browser;
  let ana;
  let ben;
  let group;

  before(async () => {
    database = freshDatabase();
    const here = place();
    processes = [];
    for (let number = 0; number < 2; number += 1) processes.push(await serve(here, ['--database', database.url]));
    browser = await launch();
    const sit = (name) => evening.sitDown(browser, name, { hand: pointer, script: true });
    [ana, ben] = await Promise.all(['Ana', 'Ben'].map(sit));
  });
  after(async () => {
    await browser?.close();
    for (const one of processes ?? []) await one.stop();
    database?.drop();
  });

  const on = (number, address) => processes[number].url + new URL(address).pathname;

  /** So many clients, on both processes by turns: { client, site, who }. */
  async function clientsOf(people) {
    const cookies = new Map();
    for (const who of people) cookies.set(who, (await who.context.cookies()).map(({ name, value }) => [name, value]));
    return Array.from({ length: many }, (_, number) => {
      const client = new Browser(`203.0.113.${number}`);
      const who = people[number % people.length];
      client.cookies = new Map(cookies.get(who));
      return { client, who, site: processes[Math.floor(number / people.length) % 2] };
    });
  }

  test('Ana begins a group of three on one, and Ben comes in on the other', async () => {
    await evening.begin(ana, processes[0]);
    await evening.found(ana, { most: '3' });
    group = new URL(ana.page.url()).pathname;
    const links = await evening.invite(ana, 10);
    await evening.knock(ben, on(1, links[0]));
    await evening.letIn(ana, ['Ben']);
    await evening.home(ben);
    await Promise.all(links.slice(1).map((link, number) => knock(processes[number % 2], link, number)));
  });

  test(`of ${many} who let nine people in at once, one gets the last place`, async () => {
    const clients = await clientsOf([ana, ben]);
    const forms = [];
    for (const [number, { client, site }] of clients.entries()) {
      const { text } = await client.get(`${site.url}${group}/door`);
      const guests = [...text.matchAll(/\/door\/([0-9a-f-]+)\/let-in"/g)].map(([, guest]) => guest);
      assert.equal(guests.length, 9);
      forms.push({ to: `${site.url}${group}/door/${guests[number % 9]}/let-in`, once: field(text, 'once') });
    }
    const answers = await Promise.all(forms.map(({ to, once }, number) => clients[number].client.post(to, { once })));
    const won = answers.filter(({ status }) => status === 303);
    assert.equal(won.length, 1, `${won.length} were let in`);
    assert.match(won[0].at, /done=let-in$/);
    for (const { status, text } of answers.filter((answer) => answer !== won[0])) {
      assert.ok([403, 409].includes(status), `a kind answer, not ${status}`);
      assert.ok(/The group is full|not at the door any more|came into the group or went/.test(text), 'it says why');
    }
    for (const site of processes) {
      const { text } = await clients[0].client.get(`${site.url}${group}/us`);
      assert.equal(text.match(/<li class="person">/g).length, 3, 'three are in the group');
    }
  });

  test('what is done on one process is seen on the other, without touching the page', async () => {
    await evening.setMeeting(ana);
    await evening.weBegin(ana);
    await evening.sit(ben);
    await evening.allSee(ben, [ana]);
    for (let steps = 0; !(await evening.stepOn(ana)).startsWith('Round:'); steps += 1) {
      assert.ok(steps < 9, 'a round comes');
      await evening.move(ana, /^Begin:/);
      await evening.allSee(ana, [ben]);
    }
    const [who, other] = await holder();
    await evening.move(who, 'Take the talking piece');
    await evening.allSee(who, [other]);
    assert.equal(await evening.pieceOn(other), `${who.name} has the talking piece.`);
    await evening.move(who, 'Pass it on');
    await evening.allSee(who, [other]);
    assert.equal(new URL(ana.page.url()).origin, processes[0].url);
    assert.equal(new URL(ben.page.url()).origin, processes[1].url);
  });

  test(`of ${many} who take the piece or help it on at once, one wins`, async () => {
    const [who] = await holder();
    const path = new URL(ana.page.url()).pathname;
    const clients = await clientsOf([who, ana]);
    const asked = await circle(clients[0], path);
    const take = { ...asked.form, do: 'take' };
    const help = { ...(await circle(clients[1], path)).form, do: 'help' };
    const answers = await Promise.all(clients.map(({ client, site }, number) =>
      client.post(`${site.url}${path}/move`, number % 2 === 0 ? take : help)));
    // The same move again, by the same person, is answered like the first: it is done once.
    const won = new Set(answers.flatMap(({ status }, number) => (status === 303 ? [number % 2] : [])));
    assert.equal(won.size, 1, 'either the piece was taken, or it was helped on');
    for (const { status } of answers) assert.ok([303, 409].includes(status), `a kind answer, not ${status}`);
    for (const site of processes) {
      const { version } = await circle({ client: clients[0].client, site }, path);
      assert.equal(version, asked.version + 1, 'the circle moved on once');
    }
    await evening.allSee(ana, [ben]);
    for (const { name, problems } of [ana, ben]) assert.deepEqual(problems(), [], name);
  });

  /** Whom the piece is with or offered to, and the other one. */
  async function holder() {
    const name = (await evening.pieceOn(ana)).split(' ')[0];
    return name === 'Ana' ? [ana, ben] : [ben, ana];
  }
});

/** Somebody without a browser who comes as far as the door. */
async function knock(site, link, number) {
  const guest = new Browser(`198.51.100.${number}`);
  await guest.get(site.url + new URL(link).pathname);
  await guest.join(site);
  const { text } = await guest.get(`${site.url}/joining/answers`);
  const yes = [...text.matchAll(/name="(c-[\w-]+)" value="accept"/g)].map(([, name]) => [name, 'accept']);
  const { at } = await guest.post(`${site.url}/joining/answers`, {
    once: field(text, 'once'), link: field(text, 'link'), name: `Guest ${number}`, ...Object.fromEntries(yes),
  });
  assert.match(at ?? '', /done=at-the-door$/);
}

/** What a client sees of the circle: its version, and the fields of its forms. */
async function circle({ client, site }, path) {
  const { text } = await client.get(site.url + path);
  const form = Object.fromEntries(['once', 'seen', 'seat', 'from'].map((name) => [name, field(text, name)]));
  return { version: Number(/data-version="(\d+)"/.exec(text)[1]), form };
}
