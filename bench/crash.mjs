// Eight people write while the program is killed again and again. What was answered with success
// must be there afterwards, once.
//
//   node bench/crash.mjs [how often, 50 by default]
import { Browser, field, place, serve } from './lib/site.mjs';

const rounds = Number(process.argv[2] ?? 50);
const people = Array.from({ length: 8 }, (_, n) => new Browser(`198.51.100.${n + 1}`));
const here = place();
let number = 0;
const kept = new Map(people.map((person) => [person, []]));

/** Writes until the program is gone. A form that got no answer is sent again, as browsers do. */
async function write(person, site) {
  try {
    for (;;) {
      const sending = person.unsure ?? await begin(person, site);
      person.unsure = sending;
      const { status } = await person.post(`${site.url}/notebook`, sending.form);
      person.unsure = undefined;
      // 303: kept now. 409: kept before the program was killed, and the answer was lost.
      if (status === 303 || status === 409) kept.get(person).push(sending.mark);
      else throw new Error(`a page was answered with ${status}`);
    }
  } catch (problem) {
    if (!(problem instanceof TypeError) && problem.name !== 'AbortError') throw problem;
  }
}

async function begin(person, site) {
  const { text } = await person.get(`${site.url}/notebook/new?kind=page`);
  const mark = `mark-${number += 1}-end`;
  return { mark, form: { once: field(text, 'once'), kind: 'page', words: mark } };
}

let site = await serve(here);
for (const person of people) await person.join(site);
for (let round = 0; round < rounds; round += 1) {
  const writing = people.map((person) => write(person, site));
  await new Promise((done) => setTimeout(done, 100 + Math.random() * 400));
  await site.kill();
  await Promise.all(writing);
  site = await serve(here);
}

let lost = 0;
let doubled = 0;
for (const person of people) {
  const { text } = await person.get(`${site.url}/notebook`);
  for (const mark of kept.get(person)) {
    const times = text.split(mark).length - 1;
    lost += times === 0 ? 1 : 0;
    doubled += times > 1 ? 1 : 0;
  }
}
await site.stop();
const writes = [...kept.values()].reduce((sum, marks) => sum + marks.length, 0);
console.log(JSON.stringify({ lost, doubled, killed: rounds, writes }));
process.exit(lost + doubled === 0 && writes > 0 ? 0 : 1);
