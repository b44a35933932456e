// A live page whose line is down says so calmly, and takes it back when the line is there again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { everybody, goIn, leader, words } from '../lib/circle.mjs';
import { launch, signedIn } from '../lib/browser.mjs';
import { startSite } from '../lib/site.mjs';

let site;
let browser;
before(async () => { site = await startSite(); browser = await launch(); });
after(async () => { await browser?.close(); await site?.stop(); });

test('a line that is down is said in a status, and no more when it is back', async () => {
  const { page, context } = await goIn(browser, site, leader(everybody(site)));
  await page.getByRole('button', { name: words.begin }).click();
  await page.locator('#round').waitFor();
  const lost = page.locator('[data-lost]');
  assert.equal(await lost.textContent(), '', 'nothing is said while all is well');
  assert.equal(await lost.getAttribute('role'), 'status');

  await page.route('**/live', (route) => route.abort());
  await page.reload();
  await page.locator('[data-lost]', { hasText: 'Not connected just now.' }).waitFor({ timeout: 15_000 });
  assert.ok(await lost.isVisible());

  await page.unroute('**/live');
  await page.waitForFunction(() => document.querySelector('[data-lost]').textContent === '', undefined, { timeout: 40_000 });
  await page.waitForFunction(() => document.getElementById('said')?.textContent === 'Connected again.');
  await context.close();
});

test('what is sent on a dead line stays in the open page, and goes when the line is back', async () => {
  const context = await signedIn(browser, site.people[0]);
  const page = await context.newPage();
  await page.goto(`${site.url}/notebook/new?kind=page`);
  const field = page.locator('textarea[name="words"]');
  await field.fill('typed on a train');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.locator('[data-status]', { hasText: 'Not saved yet. Leave this page open.' }).waitFor();
  assert.equal(await field.inputValue(), 'typed on a train');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.waitForURL((url) => url.pathname === '/notebook');
  assert.equal(await page.getByText('typed on a train').count(), 1);
  await context.close();
});

test('what is half typed in the walk is there again for whoever left by the header', async () => {
  const context = await signedIn(browser, site.people[0]);
  const page = await context.newPage();
  await page.goto(`${site.url}/start/not-for`);
  const field = page.locator('textarea[name="not-for"]');
  await field.fill('people who');
  await page.locator('[data-status]', { hasText: 'Saved as a draft, for you alone.' }).waitFor();
  await page.getByRole('link', { name: 'My notebook' }).click();
  await page.waitForURL((url) => url.pathname === '/notebook');
  await page.goto(`${site.url}/start/not-for`);
  assert.equal(await field.inputValue(), 'people who');
  await context.close();
});
