// Promise P6: the headers of every answer, good or bad, and of every cookie.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { nameOf } from '../lib/browser.mjs';
import { headerProblems } from '../lib/headers.mjs';
import { cookieHeader, everyPage, get, missing } from '../lib/pages.mjs';
import { openRooms } from '../lib/rooms.mjs';
import { sharedSite } from '../lib/site.mjs';

const site = sharedSite();
let open;
before(async () => { open = await openRooms(site); });
after(() => open?.close());

test('every answer carries the headers, whoever asks', async (t) => {
  for (const { person, context } of open.rooms) {
    const answers = await everyPage(site, context, ['/', missing]);
    for (const answer of answers) {
      await t.test(`${answer.shape} as ${nameOf(person)}`, () => {
        const isPrivate = person !== null || answer.status >= 400;
        assert.deepEqual(headerProblems(answer, { isPrivate }), []);
      });
    }
  }
});

test('refusals carry the headers too', async (t) => {
  const { context } = open.rooms.at(-1);
  const cookie = await cookieHeader(context);
  const post = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b' };
  const refused = {
    'a write from another site': { ...post, headers: { ...post.headers, 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' } },
    'a write with no sign of where it comes from': post,
    'a body of eight megabytes': { ...post, headers: { ...post.headers, 'sec-fetch-site': 'same-origin' }, body: 'a='.padEnd(8_000_000, 'b') },
    'a method that nobody has': { method: 'PATCH', headers: { 'sec-fetch-site': 'same-origin' } },
  };
  for (const [name, options] of Object.entries(refused)) {
    for (const path of ['/', missing]) {
      await t.test(`${name}, to ${path}`, async () => {
        const answer = await get(site.url + path, cookie, options);
        assert.ok(answer.status >= 400 && answer.status < 500, `it is refused, not ${answer.status}`);
        assert.deepEqual(headerProblems(answer, { isPrivate: true }), []);
      });
    }
  }
});

test('the demo links set proper cookies', async () => {
  for (const person of site.people) {
    const answer = await get(person.sign_in);
    assert.ok(answer.headers.getSetCookie().length > 0, `the link of ${person.name} sets a cookie`);
    assert.deepEqual(headerProblems(answer, { isPrivate: true }), []);
  }
});

test('style, scripts, pictures and fonts are there and may be kept for good', async (t) => {
  const { body } = await get(`${site.url}/`);
  const parts = [...body.matchAll(/<(?:link|script|img|use)\b[^>]*?\s(?:href|src)="([^"#]+)/g)].map(([, part]) => part);
  assert.ok(parts.length > 0, 'the front page has parts');
  for (const part of new Set(parts)) {
    await t.test(part, async () => {
      const answer = await get(new URL(part, site.url).href);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('cache-control') ?? '', /immutable/);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    });
  }
});
