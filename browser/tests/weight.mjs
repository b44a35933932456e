// How much a phone on a slow line must fetch: any page, first and later.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { nameOf } from '../lib/browser.mjs';
import { pagesOfEveryone } from '../lib/pages.mjs';
import { openRooms } from '../lib/rooms.mjs';
import { sharedSite } from '../lib/site.mjs';
import { weigh } from '../lib/weight.mjs';

const mostFirst = 60 * 1024;
const mostLater = 20 * 1024;

const site = sharedSite();
let open;
before(async () => { open = await openRooms(site); });
after(() => open?.close());

test('every page is light', async (t) => {
  const pages = await pagesOfEveryone(site, open.rooms);
  const heaviest = { first: 0, later: 0 };
  for (const { shape, url, person, context } of pages) {
    await t.test(`${shape} as ${nameOf(person)}`, async () => {
      // A room of its own, so that its cache is empty.
      const room = await open.browser.newContext({ storageState: await context.storageState() });
      const { first, later } = await weigh(room, url);
      await room.close();
      heaviest.first = Math.max(heaviest.first, first);
      heaviest.later = Math.max(heaviest.later, later);
      assert.ok(first > 0, 'something came over the wire');
      assert.ok(first <= mostFirst, `a first view is ${first} bytes; ${mostFirst} is the most`);
      assert.ok(later <= mostLater, `a later view is ${later} bytes; ${mostLater} is the most`);
    });
  }
  const kb = (bytes) => Math.round(bytes / 102.4) / 10;
  const told = { first_kb: kb(heaviest.first), later_kb: kb(heaviest.later) };
  if (process.env.SAMEBOAT_WEIGHT) writeFileSync(process.env.SAMEBOAT_WEIGHT, `${JSON.stringify(told)}\n`);
  t.diagnostic(`heaviest: first ${heaviest.first} bytes, later ${heaviest.later} bytes`);
});
