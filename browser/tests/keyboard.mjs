// Promise P24: everything that a hand can use, the Tab key reaches and shows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { nameOf } from '../lib/browser.mjs';
import { keyboardProblems } from '../lib/keyboard.mjs';
import { pagesOfEveryone } from '../lib/pages.mjs';
import { openRooms } from '../lib/rooms.mjs';
import { sharedSite } from '../lib/site.mjs';

const site = sharedSite();
let open;
before(async () => { open = await openRooms(site); });
after(() => open?.close());

test('every page can be walked by keyboard', async (t) => {
  for (const { shape, url, person, context } of await pagesOfEveryone(site, open.rooms)) {
    await t.test(`${shape} as ${nameOf(person)}`, async () => {
      const page = await context.newPage();
      await page.goto(url, { waitUntil: 'load' });
      const problems = await keyboardProblems(page);
      await page.close();
      assert.deepEqual(problems, []);
    });
  }
});
