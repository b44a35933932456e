// Eight people write through the pages while the program is killed, again and again; then while the
// power of its disk is cut. What was answered with success must be there afterwards, once.
//
//   node bench/crash.mjs [how often each, 50 by default]
import { copyFileSync } from 'node:fs';
import { Browser, field, measurer, place, serve } from './lib/site.mjs';

const rounds = Number(process.argv[2] ?? 50);
let number = 0;

/** Writes until the program is gone. A form that got no answer is sent again, as browsers do. */
async function write(person, site) {
  try {
    for (;;) {
      person.unsure ??= await begin(person, site);
      if (!person.unsure) return;
      const { status } = await person.post(`${site.url}/notebook`, person.unsure.form);
      // The power is gone, and the program can only say so.
      if (status >= 500 && site.goesDark) return;
      // 409: kept before, and the answer was lost.
      if (status !== 303 && status !== 409) throw new Error(`a page was answered with ${status}`);
      person.kept.push(person.unsure.mark);
      person.unsure = undefined;
    }
  } catch (problem) {
    // What fetch says when nobody is there any more.
    if (!(problem instanceof TypeError)) throw problem;
  }
}

async function begin(person, site) {
  const { status, text } = await person.get(`${site.url}/notebook/new?kind=page`);
  if (status !== 200) return undefined;
  const mark = `mark-${number += 1}-end`;
  return { mark, form: { once: field(text, 'once'), kind: 'page', words: mark } };
}

/** All that somebody's notebook shows, from the newest page to the first. */
async function read(person, site) {
  let all = '';
  for (let at = '/notebook'; at;) {
    const { status, text } = await person.get(`${site.url}${at}`);
    if (status !== 200) throw new Error(`the notebook was answered with ${status}`);
    all += text;
    at = /href="(\/notebook\?[^"]*before=[^"]*)"/.exec(text)?.[1].replaceAll(/&(amp|#38);/g, '&');
  }
  return all;
}

/** Lets people write while `end` ends the program, over and over; then looks what is there. */
async function measure(start, end) {
  let here = place();
  const people = Array.from({ length: 8 }, (_, n) => new Browser(`198.51.100.${n + 1}`));
  const first = await serve(here);
  for (const person of people) {
    await person.join(first);
    person.kept = [];
  }
  await first.stop();
  for (let round = 0; round < rounds; round += 1) {
    const next = place();
    const site = await start(here, next, round);
    const writing = people.map((person) => write(person, site));
    here = await end(site, here, next);
    await Promise.all(writing);
  }
  const found = { lost: 0, doubled: 0, writes: 0 };
  const last = await serve(here);
  for (const person of people) {
    const text = await read(person, last);
    for (const mark of person.kept) {
      const times = text.split(mark).length - 1;
      found.lost += times === 0 ? 1 : 0;
      found.doubled += times > 1 ? 1 : 0;
    }
    found.writes += person.kept.length;
  }
  await last.stop();
  return found;
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const killed = await measure((here) => serve(here), async (site, here) => {
  await pause(100 + Math.random() * 400);
  await site.kill();
  return here;
});
console.log(`killed ${rounds} times: ${JSON.stringify(killed)}`);

const cut = await measure(async (here, next, round) => {
  // A key lies on another disk.
  copyFileSync(`${here.data}.key`, `${next.data}.key`);
  const operations = 100 + Math.floor(Math.random() * 1_000);
  const site = await serve(here, [], [measurer, 'power', next.data, `${operations}`, `${round}`]);
  return { ...site, goesDark: true };
}, async (site, here, next) => {
  await site.ended;
  return next;
});
console.log(`power cut ${rounds} times: ${JSON.stringify(cut)}`);

const sum = (name) => killed[name] + cut[name];
const [lost, doubled] = [sum('lost'), sum('doubled')];
console.log(JSON.stringify({
  lost, doubled, killed: rounds, power_cut: rounds,
  writes_killed: killed.writes, writes_power_cut: cut.writes,
}));
process.exit(lost + doubled === 0 && killed.writes > 0 && cut.writes > 0 ? 0 : 1);
