// Promise P24: the main pages over 2G.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { nameOf } from '../lib/browser.mjs';
import { pagesOfEveryone } from '../lib/pages.mjs';
import { openRooms } from '../lib/rooms.mjs';
import { sharedSite } from '../lib/site.mjs';
import { seconds, slowDown } from '../lib/slow.mjs';

const mainPages = ['/', '/begin', '/join?to', '/sign-in', '/help-now', '/notebook', '/groups', '/start', '/g/{}',
  '/g/{}/talk', '/g/{}/share/{}', '/g/{}/share/new', '/g/{}/meet', '/g/{}/meetings/{}', '/g/{}/us', '/g/{}/agreement'];

const site = sharedSite();
let open;
before(async () => { open = await openRooms(site); });
after(() => open?.close());

test('the main pages can be read soon over 2G', { concurrency: 4 }, async (t) => {
  const found = await pagesOfEveryone(site, open.rooms);
  const pages = mainPages.map((shape) => found.filter((page) => page.shape === shape).at(-1));
  const slowest = { first: 0, later: 0 };
  await Promise.all(pages.map((page, place) => t.test(mainPages[place], async () => {
    assert.ok(page, 'it is there');
    const room = await open.browser.newContext({ storageState: await page.context.storageState(), viewport: { width: 360, height: 740 } });
    const opened = await room.newPage();
    await slowDown(opened);
    for (const [name, most] of Object.entries(seconds)) {
      await opened.goto(page.url, { waitUntil: 'load' });
      const painted = await opened.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
      const took = await painted.jsonValue() / 1000;
      slowest[name] = Math.max(slowest[name], took);
      assert.ok(took <= most, `its words stand there after ${took.toFixed(1)} s as ${nameOf(page.person)}; ${most} s is the most for a ${name} view`);
      await opened.goto('about:blank');
    }
    await room.close();
  })));
  t.diagnostic(`slowest: first ${slowest.first.toFixed(1)} s, later ${slowest.later.toFixed(1)} s`);
});
