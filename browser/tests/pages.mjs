// Every page, as everyone, opened once and looked at in every way.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { axeProblems } from '../lib/axe.mjs';
import { dress, looks, nameOf } from '../lib/browser.mjs';
import { htmlProblems } from '../lib/html.mjs';
import { keyboardProblems } from '../lib/keyboard.mjs';
import { layoutProblems } from '../lib/layout.mjs';
import { listen } from '../lib/noise.mjs';
import { missing, pagesOfEveryone } from '../lib/pages.mjs';
import { openRooms } from '../lib/rooms.mjs';
import { shoot, wanted } from '../lib/shots.mjs';
import { sharedSite } from '../lib/site.mjs';
import { storageProblems } from '../lib/storage.mjs';
import { scales } from '../lib/weight.mjs';

// What a phone on a slow line may have to fetch, in bytes over the wire.
const most = { first: 60_000, later: 20_000 };
// A round without network may keep seat numbers and steps, under this key only.
const mayStay = ['round'];

const site = sharedSite();
const heaviest = { first: 0, later: 0 };
let open;
before(async () => { open = await openRooms(site); });
after(() => open?.close());

test('every page is right for everyone', { concurrency: 2 }, async (t) => {
  const pages = await pagesOfEveryone(site, open.rooms);
  assert.ok(pages.length >= 2, 'the site has pages');
  await Promise.all(pages.map((page) => t.test(`${page.shape} as ${nameOf(page.person)}`, async () => {
    assert.deepEqual(await problemsOf(page), []);
  })));

  const kb = (bytes) => Math.round(bytes / 100) / 10;
  const told = { first_kb: kb(heaviest.first), later_kb: kb(heaviest.later), pages: pages.length };
  if (process.env.SAMEBOAT_WEIGHT) writeFileSync(process.env.SAMEBOAT_WEIGHT, `${JSON.stringify(told)}\n`);
  t.diagnostic(`${pages.length} pages; heaviest: first ${heaviest.first} bytes, later ${heaviest.later} bytes`);
});

async function problemsOf({ url, shape, status, body, person, context }) {
  const problems = await htmlProblems(body);
  if (status >= 400 && shape !== missing) problems.push(`a link leads here and it answers ${status}`);
  // A room of its own, so that its cache is empty.
  const room = await open.browser.newContext({ storageState: await context.storageState() });
  const page = await room.newPage();
  const noise = await listen(page);
  const { view } = await scales(page);
  await dress(page, looks[0]);
  const first = await view(url);
  problems.push(...await axeProblems(page, async (look) => {
    if (wanted()) await shoot(page, look, nameOf(person));
    return [];
  }));
  problems.push(...await layoutProblems(page));
  await dress(page, looks[0]);
  problems.push(...await keyboardProblems(page));
  problems.push(...await storageProblems(page, mayStay));
  // A tab title can be read over a shoulder.
  if (person?.group && (await page.title()).includes(person.group)) problems.push('the tab title names the group');
  await page.goto('about:blank');
  problems.push(...tooHeavy({ first, later: await view(url) }));
  problems.push(...noise.problems());
  await room.close();
  return problems;
}

function tooHeavy(views) {
  return Object.entries(views).flatMap(([name, bytes]) => {
    heaviest[name] = Math.max(heaviest[name], bytes);
    if (bytes === 0) return [`nothing came over the wire for the ${name} view`];
    return bytes > most[name] ? [`the ${name} view is ${bytes} bytes; ${most[name]} is the most`] : [];
  });
}
