// A round without any script: forms and links do all of it, and a page loads itself anew only
// where somebody switched that on and nobody writes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../lib/browser.mjs';
import { everybody, goIn, leader, words } from '../lib/circle.mjs';
import { startSite } from '../lib/site.mjs';

const plain = { javaScriptEnabled: false };
const canWriteIn = 'textarea, input:not([type]), input[type="text"], input[type="number"], input[type="date"], input[type="time"]';

let site;
let browser;
before(async () => { site = await startSite(); browser = await launch(); });
after(async () => { await browser?.close(); await site?.stop(); });

const speaking = ({ page }) => page.locator('#round .speaking').innerText();
const button = ({ page }, name) => page.locator('#round').getByRole('button', { name, exact: typeof name === 'string' });
const reloads = ({ page }) => page.locator('meta[http-equiv="refresh"]');
const seeNew = ({ page }) => page.getByRole('link', { name: 'See what\'s new' }).click();

async function press(who, name) {
  const answered = who.page.waitForResponse((answer) => answer.request().method() === 'POST');
  await button(who, name).click();
  assert.equal((await answered).status(), 303);
  await who.page.waitForLoadState('load');
}

/** Bea's circle in the first round, with one more member in it. */
async function twoInARound() {
  const people = everybody(site);
  const bea = await goIn(browser, site, leader(people), plain);
  await bea.page.getByRole('button', { name: words.begin }).click();
  const rosa = await goIn(browser, site, people.find((person) => person !== bea.person), plain);
  await press(rosa, words.here);
  await seeNew(bea);
  for (let steps = 0; steps < 9 && await button(bea, words.next).count() > 0; steps += 1) await press(bea, words.next);
  return { bea, rosa };
}

test('a round by forms and links alone', async () => {
  const { bea, rosa } = await twoInARound();
  await seeNew(rosa);
  assert.match(await rosa.page.locator('#round h2').innerText(), /^Round:/, 'the new step is seen');

  for (let turn = 0; turn < 2; turn += 1) {
    await Promise.all([seeNew(bea), seeNew(rosa)]);
    const [who, other] = await button(bea, words.take).count() === 1 ? [bea, rosa] : [rosa, bea];
    await press(who, words.take);
    assert.equal(await speaking(who), `${who.person.name} has the talking piece.`);
    await seeNew(other);
    assert.equal(await speaking(other), await speaking(who));
    await press(who, words.on);
  }
  await Promise.all([seeNew(bea), seeNew(rosa)]);
  for (const one of [bea, rosa]) assert.equal(await speaking(one), 'Everybody was asked.');

  assert.equal(await reloads(rosa).count(), 0, 'nothing loads itself before somebody wants it');
  await rosa.page.getByRole('link', { name: /^Keep it fresh/ }).click();
  await rosa.page.waitForURL(/\?fresh=1$/);
  assert.equal(await reloads(rosa).getAttribute('content'), '10');
  assert.equal(await rosa.page.locator(canWriteIn).count(), 0, 'there is nothing to write in');
  await press(bea, 'End this step');
  await rosa.page.locator('#round h2', { hasText: 'Between two steps' }).waitFor({ timeout: 20_000 });
  await press(bea, words.next);
  await seeNew(rosa);
  if (await button(rosa, words.pass).count() === 0) {
    await press(bea, words.pass);
    await seeNew(rosa);
  }
  await press(rosa, words.pass);
  assert.match(rosa.page.url(), /\?fresh=1$/, 'a move leaves it switched on');
  assert.equal(await reloads(rosa).count(), 1);

  const here = new URL(rosa.page.url()).pathname;
  for (const room of ['write', 'harvest', 'phone', 'order', 'roles']) {
    for (const asked of ['', '?fresh=1']) {
      await rosa.page.goto(`${site.url}${here}/${room}${asked}`);
      assert.equal(await reloads(rosa).count(), 0, `${room}${asked} stays as it is`);
    }
  }
  for (const room of ['write', 'harvest', 'phone']) {
    await rosa.page.goto(`${site.url}${here}/${room}`);
    assert.ok(await rosa.page.locator(canWriteIn).count() > 0, `${room} is for writing`);
  }

  await rosa.page.goto(`${site.url}${here}?fresh=1`);
  await rosa.page.getByRole('link', { name: 'Stop loading it every ten seconds' }).click();
  assert.equal(await reloads(rosa).count(), 0);
  for (const { person, problems } of [bea, rosa]) assert.deepEqual(problems(), [], person.name);
});
