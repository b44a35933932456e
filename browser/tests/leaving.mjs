// Leaving fast (practice 5.6) and signing out: gone from the screen at once,
// the sign-in ended behind it, and Back shows nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, signedIn, withoutScript } from '../lib/browser.mjs';
import { isShut, privatePage, wordsInSight } from '../lib/private.mjs';
import { startSite } from '../lib/site.mjs';
import { storageProblems } from '../lib/storage.mjs';

// A site of their own: these tests end the sign-ins that others look with.
let site;
let browser;
before(async () => { site = await startSite(); browser = await launch(); });
after(async () => { await browser?.close(); await site?.stop(); });

const person = (place) => site.people[place % site.people.length];
const isOurs = (url) => url.origin === site.url;
const elsewhere = '<!doctype html><html lang="en"><title>Weather</title><h1>Weather</h1>';

// The way out leads to another site; here a small page stands for it.
async function openPrivate(context) {
  await context.route((url) => !isOurs(url), (route) => route.fulfill({ contentType: 'text/html', body: elsewhere }));
  const secret = await privatePage(site, context);
  const page = await context.newPage();
  await page.goto(`${site.url}/`);
  await page.goto(secret.url);
  return { secret, page };
}

async function assertGone(page, secret) {
  assert.ok(await isShut(secret), 'the sign-in has ended');
  await page.goBack({ timeout: 5_000 }).catch(() => null);
  assert.deepEqual(await wordsInSight(page, secret), [], 'Back shows none of the private words');
}

test('Shift three times leaves first and ends the sign-in behind it', async () => {
  const context = await signedIn(browser, person(0));
  const { secret, page } = await openPrivate(context);
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift');
  await page.waitForURL((url) => !isOurs(url), { timeout: 2_000 });
  await assertGone(page, secret);
  await context.close();
});

test('Shift twice, or three times slowly, does not leave', async () => {
  const context = await signedIn(browser, person(1));
  const { page } = await openPrivate(context);
  await page.keyboard.press('Shift');
  await page.keyboard.press('Shift');
  await page.waitForTimeout(5_500);
  await page.keyboard.press('Shift');
  await page.waitForTimeout(500);
  assert.ok(isOurs(new URL(page.url())), 'still here');
  await context.close();
});

test('the button leaves when scripts run', async () => {
  const context = await signedIn(browser, person(2));
  const { secret, page } = await openPrivate(context);
  await page.locator('header').getByRole('button', { name: /leave this page fast/i }).click();
  await page.waitForURL((url) => !isOurs(url), { timeout: 2_000 });
  await assertGone(page, secret);
  await context.close();
});

test('the button leaves without any script', async () => {
  const context = await withoutScript(browser, person(3));
  const { secret, page } = await openPrivate(context);
  const cleared = [];
  page.on('response', async (answer) => {
    if (isOurs(new URL(answer.url()))) cleared.push((await answer.allHeaders())['clear-site-data'] ?? '');
  });
  await page.locator('header').getByRole('button', { name: /leave this page fast/i }).click();
  await page.waitForURL((url) => !isOurs(url), { timeout: 5_000 });
  assert.ok(cleared.some((value) => value.includes('"cookies"') && value.includes('"storage"')), 'the browser is told to forget');
  await assertGone(page, secret);
  await context.close();
});

test('the button works for somebody who is not signed in', async () => {
  const context = await withoutScript(browser, null);
  await context.route((url) => !isOurs(url), (route) => route.fulfill({ contentType: 'text/html', body: elsewhere }));
  const page = await context.newPage();
  await page.goto(`${site.url}/`);
  await page.locator('header').getByRole('button', { name: /leave this page fast/i }).click();
  await page.waitForURL((url) => !isOurs(url), { timeout: 5_000 });
  await context.close();
});

test('signing out leaves nothing in the browser', async () => {
  const context = await signedIn(browser, person(4));
  const { secret, page } = await openPrivate(context);
  await page.getByRole('button', { name: /^sign out$/i }).first().click();
  await page.waitForLoadState('load');
  assert.ok(await isShut(secret), 'the sign-in has ended');
  // The front page gives every new visit a number of its own, which leads nowhere.
  const stays = (await context.cookies()).map((cookie) => cookie.name).filter((name) => name !== '__Host-v');
  assert.deepEqual(stays, [], 'no cookie stays');
  assert.deepEqual(await storageProblems(page), []);
  await assertGone(page, secret);
  await context.close();
});
