// What a page of a meeting shows does not outlive the meeting: it opens and is closed on all screens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { everybody, goIn, leader, press, words } from '../lib/circle.mjs';
import { launch } from '../lib/browser.mjs';
import { startSite } from '../lib/site.mjs';

let site;
let browser;
before(async () => { site = await startSite(); browser = await launch(); });
after(async () => { await browser?.close(); await site?.stop(); });

test('other screens see that it opens, that something is not sent, and that it is closed', async () => {
  const people = everybody(site);
  const bea = await goIn(browser, site, leader(people));
  const [joan, mo] = await Promise.all(people.filter((one) => one !== bea.person).slice(0, 2)
    .map((person) => goIn(browser, site, person)));

  // They wait on the page of the meeting, and are in the circle when it opens. It does not call back
  // one who is on the way to another page, over a slow line.
  const way = await onTheWay(mo.page, 'My groups');
  await bea.page.getByRole('button', { name: words.begin }).click();
  await bea.page.locator('#round[data-stage="open"]').waitFor();
  await joan.page.locator('#round[data-stage="open"]').waitFor();
  await way.told;
  way.arrive();
  await mo.page.waitForURL(/\/groups$/);
  await mo.page.goBack();
  await mo.page.locator('#round[data-stage="open"]').waitFor();
  for (const who of [joan, mo]) await press([bea, joan, mo], who, words.here);

  // A phone for the room, with a guest's name on it.
  await joan.page.getByRole('link', { name: 'One phone for the whole room' }).click();
  await joan.page.getByLabel('Name').fill('Old Tom');
  await joan.page.getByRole('button', { name: 'Sit down at this phone' }).click();
  await joan.page.locator('bdi', { hasText: 'Old Tom' }).first().waitFor();

  // A press that does not arrive is said beside the button.
  await mo.context.setOffline(true);
  await mo.page.getByRole('button', { name: 'I am lost' }).click();
  const unsent = mo.page.locator('form', { hasText: 'I am lost' }).getByText('Not sent yet.');
  await unsent.waitFor();
  assert.ok(await unsent.isVisible());
  await mo.context.setOffline(false);
  await mo.page.getByRole('button', { name: 'I am lost' }).click();
  await mo.page.locator('#round', { hasText: 'is lost' }).waitFor();
  await unsent.waitFor({ state: 'detached' });

  // Who sees it hears it, and nobody hears the rest again.
  await bea.page.waitForFunction(() => document.getElementById('said')?.textContent.endsWith('is lost (for the facilitator)'));

  await bea.page.goto(`${new URL(bea.page.url()).href}/close`);
  await bea.page.getByLabel('What we want to keep').fill('We go for a walk.');
  await bea.page.locator('main').getByRole('button', { name: 'Close the meeting' }).click();
  await bea.page.locator('#round[data-stage="closed"]').waitFor();
  for (const { page } of [joan, mo]) {
    await page.locator('#round[data-stage="closed"]').waitFor({ timeout: 15_000 });
    await page.getByText('We go for a walk.').waitFor();
    const all = await page.locator('main').innerText();
    assert.doesNotMatch(all, /Old Tom|I am lost|Quiet signals/);
  }
  for (const { person, problems } of [bea, joan, mo]) {
    assert.deepEqual(problems().filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(String(one))), [], person.name);
  }
});

/** Follows a link whose page comes when `arrive` is called; `told` is when the page left behind has heard of something. */
async function onTheWay(page, name) {
  const link = page.getByRole('navigation').getByRole('link', { name, exact: true });
  const url = new URL(await link.getAttribute('href'), page.url()).href;
  const here = page.url();
  let arrive;
  const line = new Promise((done) => { arrive = done; });
  await page.route(url, async (request) => { await line; await request.continue(); });
  const told = page.waitForResponse(here).then((answer) => answer.finished());
  await link.click({ noWaitAfter: true });
  return { told, arrive };
}
