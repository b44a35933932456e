// Every page, as everyone: axe, valid HTML, silence, 320 pixels, a neutral title.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeProblems } from '../lib/axe.mjs';
import { dress, nameOf } from '../lib/browser.mjs';
import { htmlProblems } from '../lib/html.mjs';
import { layoutProblems } from '../lib/layout.mjs';
import { listen } from '../lib/noise.mjs';
import { missing, pagesOfEveryone } from '../lib/pages.mjs';
import { openRooms } from '../lib/rooms.mjs';
import { shoot, wanted } from '../lib/shots.mjs';
import { sharedSite } from '../lib/site.mjs';

const site = sharedSite();
let open;
before(async () => { open = await openRooms(site); });
after(() => open?.close());

test('every page is right for everyone', async (t) => {
  const pages = await pagesOfEveryone(site, open.rooms);
  assert.ok(pages.length >= 2, 'the site has pages');
  for (const page of pages) {
    await t.test(`${page.shape} as ${nameOf(page.person)}`, async () => {
      assert.deepEqual(await problemsOf(page), []);
    });
  }
});

async function problemsOf({ url, shape, status, body, person, context }) {
  const problems = await htmlProblems(body);
  if (status >= 400 && shape !== missing) problems.push(`a link leads here and it answers ${status}`);
  const page = await context.newPage();
  const noise = await listen(page);
  await dress(page, { width: 360, theme: 'light' });
  await page.goto(url, { waitUntil: 'load' });
  problems.push(...await axeProblems(page, async (look) => {
    if (wanted()) await shoot(page, look, nameOf(person));
    return [];
  }));
  problems.push(...await layoutProblems(page));
  // A tab title can be read over a shoulder.
  if (person?.group && (await page.title()).includes(person.group)) problems.push('the tab title names the group');
  problems.push(...noise.problems());
  await page.close();
  return problems;
}
