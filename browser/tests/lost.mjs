// A facilitator whose phone is not heard any more. Nearly all of it is waiting.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { everybody, goIn, leader, press, words } from '../lib/circle.mjs';
import { launch } from '../lib/browser.mjs';
import { startSite } from '../lib/site.mjs';

let site;
let browser;
before(async () => { site = await startSite(); browser = await launch(); });
after(async () => { await browser?.close(); await site?.stop(); });

test('another member sees it without touching the page, takes over, and all see that', async () => {
  const people = everybody(site);
  const bea = await goIn(browser, site, leader(people));
  await bea.page.getByRole('button', { name: words.begin }).click();
  await bea.page.locator('#round').waitFor();
  const others = [];
  for (const person of people.filter((one) => one !== bea.person).slice(0, 2)) {
    others.push(await goIn(browser, site, person));
    await press([bea, ...others], others.at(-1), words.here);
  }
  const [next, third] = others;
  const takeOver = next.page.getByRole('button', { name: words.lead });
  assert.equal(await takeOver.count(), 0, 'Bea is there');
  assert.ok(await next.page.getByRole('button', { name: 'I need a break' }).isVisible(), 'who sat down has quiet signals');
  await bea.context.close();
  await takeOver.waitFor({ timeout: 55_000 });
  await press(others, next, words.lead);
  await third.page.locator('#order dd', { hasText: next.person.name }).first().waitFor();
  await third.page.getByRole('button', { name: words.lead }).waitFor({ state: 'detached' });
  assert.ok(await next.page.getByRole('button', { name: words.next }).isVisible(), 'the next step is theirs to begin');

  // Whoever sat down on a page that was never loaded again is there all the same.
  await next.page.waitForTimeout(35_000);
  await third.page.reload();
  assert.equal(await third.page.getByRole('button', { name: words.lead }).count(), 0, `${next.person.name} is there`);
  for (const { person, problems } of others) assert.deepEqual(problems(), [], person.name);
});
