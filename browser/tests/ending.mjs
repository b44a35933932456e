// Before a sign-in ends (promise P5): the page says so in time, one press is enough to stay, and
// what was typed is still there. The clock of the page is moved on; the server's answer about how
// much is left is made up, because its clock is not ours to move.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { launch, signedIn } from '../lib/browser.mjs';
import { startSite } from '../lib/site.mjs';

const HOUR = 3600;
const DAY = 24 * HOUR;
const words = 'half a thought';

/** The clock of the page stands still, and with it what waits in the page: so we wait here. */
async function until(holds) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await pause(100);
  }
  throw new Error(`It never comes true: ${holds}`);
}

let site;
let browser;
before(async () => { site = await startSite(); browser = await launch(); });
after(async () => { await browser?.close(); await site?.stop(); });

/** A page of somebody whose sign-in has so many seconds left, as the server tells it. */
async function pageWith(left) {
  const context = await signedIn(browser, site.people[0]);
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (problem) => problems.push(String(problem)));
  await page.clock.install();
  await page.route('**/sign-in/left', (route) => route.fulfill({ json: left }));
  const module_ = page.waitForResponse((answer) => answer.url().endsWith('/ending.js'));
  await page.goto(`${site.url}/notebook/new?kind=page`);
  await module_;
  await pause(500);
  return { page, context, problems };
}

const idle = (page) => page.locator('[data-ending-idle]');
const limit = (page) => page.locator('[data-ending-limit]');
/** The sign-in is over, in truth: the server knows it no more, and tells so when it is asked. */
async function end(page, context) {
  await page.unroute('**/sign-in/left');
  await context.clearCookies();
  await past(page, 31 * DAY);
}

const past = (page, seconds) => page.clock.fastForward(seconds * 1000);

test('it warns shortly before, and one press is enough to stay', async () => {
  const left = { idle: 30 * DAY, limit: 180 * DAY };
  const { page, context, problems } = await pageWith(left);
  await page.locator('textarea[name="words"]').fill(words);
  await past(page, 28 * DAY);
  assert.ok(await idle(page).isHidden(), 'two days before nothing is said');
  // What the page knows by itself says “soon”; another tab has used the sign-in since.
  await past(page, 1.5 * DAY);
  await pause(300);
  assert.ok(await idle(page).isHidden(), 'the server knows better');
  left.idle = HOUR;
  await past(page, 30 * DAY);
  await idle(page).waitFor();
  await page.clock.runFor(200);
  await until(() => page.evaluate(() => document.getElementById('said')?.textContent.includes('signed out')));
  left.idle = 30 * DAY;
  await page.getByRole('button', { name: 'Stay signed in' }).press('Enter');
  await idle(page).waitFor({ state: 'hidden' });
  assert.equal(await page.locator('textarea[name="words"]').inputValue(), words);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main', 'the keyboard is not lost');
  assert.deepEqual(problems, []);
  await context.close();
});

test('an end that nothing puts off is said, and no button promises otherwise', async () => {
  const left = { idle: HOUR, limit: HOUR };
  const { page, context } = await pageWith(left);
  await past(page, 179.5 * DAY);
  await limit(page).waitFor();
  assert.ok(await idle(page).isHidden());
  await context.close();
});

test('when it is over, words that stand nowhere else stay to be copied', async () => {
  const { page, context, problems } = await pageWith({ idle: HOUR, limit: HOUR });
  await page.locator('textarea[name="words"]').fill(`${words}, and more of it`);
  await end(page, context);
  await page.locator('[data-ending-over]').waitFor();
  assert.equal(await page.locator('textarea[name="words"]').inputValue(), `${words}, and more of it`);
  assert.ok(await idle(page).isHidden() && await limit(page).isHidden(), 'what has come is not announced');
  assert.deepEqual(problems, []);
  await context.close();
});

test('when it is over, a page without such words is taken away', async () => {
  const { page, context } = await pageWith({ idle: HOUR, limit: HOUR });
  // What an earlier page kept as a draft waits on the server.
  assert.equal(await page.locator('textarea[name="words"]').inputValue(), words);
  await end(page, context);
  await page.waitForURL((url) => url.pathname === '/sign-in');
  await context.close();
});
