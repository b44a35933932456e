// Promise P13: after a walk through every page the browser holds nothing private.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { nameOf } from '../lib/browser.mjs';
import { everyPage } from '../lib/pages.mjs';
import { openRooms } from '../lib/rooms.mjs';
import { sharedSite } from '../lib/site.mjs';
import { storageProblems } from '../lib/storage.mjs';

// A round without network may keep seat numbers and steps, under this key only.
const allowed = ['round'];

const site = sharedSite();
let open;
before(async () => { open = await openRooms(site); });
after(() => open?.close());

test('nothing is kept in storage, databases or caches', async (t) => {
  for (const { person, context } of open.rooms) {
    await t.test(`as ${nameOf(person)}`, async () => {
      const page = await context.newPage();
      for (const { url, isHtml } of await everyPage(site, context)) {
        if (!isHtml) continue;
        await page.goto(url, { waitUntil: 'load' });
        assert.deepEqual(await storageProblems(page, allowed), [], url);
      }
      await page.close();
    });
  }
});
