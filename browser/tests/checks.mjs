// A check that has never failed proves nothing: each one here looks at a good
// page and stays silent, then at a page broken in one way and speaks.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { axeProblems } from '../lib/axe.mjs';
import { launch } from '../lib/browser.mjs';
import { headerProblems } from '../lib/headers.mjs';
import { htmlProblems } from '../lib/html.mjs';
import { keyboardProblems } from '../lib/keyboard.mjs';
import { layoutProblems } from '../lib/layout.mjs';
import { listen } from '../lib/noise.mjs';
import { everyPage, get, shapeOf } from '../lib/pages.mjs';
import { isShut, wordsInSight } from '../lib/private.mjs';
import { slowDown } from '../lib/slow.mjs';
import { storageProblems } from '../lib/storage.mjs';
import { scales } from '../lib/weight.mjs';

const style = `:root{color-scheme:light dark}body{font:1.1rem/1.5 sans-serif;margin:0}
a,button{display:inline-block;padding:12px}:focus-visible{outline:3px solid #06c}
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cf}}`;
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
  + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const goodHeaders = {
  'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy,
  'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store',
  'set-cookie': '__Host-a=b; Path=/; Secure; HttpOnly; SameSite=Lax',
};
const whole = (body, head = '') => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/style.css">${head}</head><body><main><h1>A page</h1>${body}</main></body></html>`;
const goodBody = '<p data-words>the heron sleeps</p><p><a href="/other/1">Other</a></p><form method="post" action="/x"><button type="submit">Go</button></form>';
const scripts = new Map();

/** Serves `whole(body, head)` with the headers changed, at a new address each time. */
function serve({ body = goodBody, head = '', headers = {}, script = '', extra = {} } = {}) {
  const path = `/p${scripts.size}`;
  scripts.set(path, { html: whole(body, script ? `${head}<script src="${path}.js"></script>` : head), headers, script, extra });
  return origin + path;
}

function answer(request, response) {
  const path = request.url;
  const page = scripts.get(path.replace(/\.js$/, ''));
  if (path === '/style.css') {
    response.writeHead(200, { 'content-type': 'text/css', 'cache-control': 'max-age=9999, immutable' }).end(style);
  } else if (path.endsWith('.js') && page) {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(page.script);
  } else if (page) {
    const headers = Object.fromEntries(Object.entries({ ...goodHeaders, ...page.headers }).filter(([, value]) => value !== null));
    const open = !page.extra.locked || request.headers.cookie;
    response.writeHead(open ? 200 : 404, headers).end(page.html);
  } else {
    response.writeHead(404, goodHeaders).end(whole('<p>Not here</p>'));
  }
}

let server;
let origin;
let browser;
before(async () => {
  server = createServer(answer);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
});
after(async () => { await browser?.close(); server?.close(); });

async function look(url, check) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const noise = await listen(page);
  await page.goto(url);
  const problems = check ? await check(page) : noise.problems();
  await context.close();
  return problems;
}

const said = (problems, words) => assert.ok(problems.some((one) => words.test(one)), `${words} in ${JSON.stringify(problems)}`);

/** `check` is silent about a good page and says `words` about each broken one. */
function proves(name, check, broken) {
  test(name, async () => {
    assert.deepEqual(await check(serve()), []);
    for (const [words, page] of broken) said(await check(serve(page)), words);
  });
}

proves('axe', (url) => look(url, axeProblems), [
  [/button-name/, { body: '<button type="button"></button>' }],
  [/^360-light: color-contrast/, { body: '<p class="pale">pale</p>', headers: { 'content-security-policy': null }, script: 'addEventListener("load",()=>{document.querySelector(".pale").style.color="#bbb"})' }],
  [/^1280-dark: color-contrast/, { body: '<p class="dim">dim</p>', headers: { 'content-security-policy': null }, script: 'addEventListener("load",()=>{document.querySelector(".dim").style.color="#333"})' }],
  [/page-has-heading-one|heading-order/, { body: '<h4>too deep</h4>' }],
]);

proves('html-validate', async (url) => htmlProblems((await get(url)).body), [
  [/close-order|Unclosed|element-permitted/, { body: '<p><div>no</div></p>' }],
  [/no-inline-style/, { body: '<p style="color:red">no</p>' }],
  [/input-missing-label/, { body: '<form method="post" action="/x"><input type="text" name="a"><button type="submit">Go</button></form>' }],
  [/no-dup-id/, { body: '<p id="a1">a</p><p id="a1">b</p>' }],
]);

proves('noise', (url) => look(url), [
  [/console: mine/, { script: 'console.error("mine")' }],
  [/script: oops/, { script: 'throw new Error("oops")' }],
  [/content security policy|Content Security Policy/, { head: '<style>p{color:red}</style>' }],
  [/part missing: 404/, { body: '<p><img src="/gone.png" alt="gone"></p>' }],
  [/asked another site/, { body: '<p><img src="http://127.0.0.2:9/x.png" alt="x"></p>', headers: { 'content-security-policy': null } }],
]);

proves('headers', async (url) => headerProblems(await get(url), { isPrivate: true }), [
  [/no content-security-policy/, { headers: { 'content-security-policy': null } }],
  [/from anywhere/, { headers: { 'content-security-policy': policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'") } }],
  [/frame-ancestors/, { headers: { 'content-security-policy': policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'") } }],
  [/form-action/, { headers: { 'content-security-policy': policy.replace("form-action 'self';", '') } }],
  [/no nosniff/, { headers: { 'x-content-type-options': null } }],
  [/referrer-policy/, { headers: { 'referrer-policy': 'origin' } }],
  [/no no-store/, { headers: { 'cache-control': 'private' } }],
  [/not __Host-/, { headers: { 'set-cookie': 'a=b; Path=/; Secure; HttpOnly; SameSite=Lax' } }],
  [/not HttpOnly/, { headers: { 'set-cookie': '__Host-a=b; Path=/; Secure; SameSite=Lax' } }],
  [/not Secure/, { headers: { 'set-cookie': '__Host-a=b; Path=/; HttpOnly; SameSite=Lax' } }],
  [/no SameSite/, { headers: { 'set-cookie': '__Host-a=b; Path=/; Secure; HttpOnly' } }],
  [/names a domain/, { headers: { 'set-cookie': '__Host-a=b; Path=/; Secure; HttpOnly; SameSite=Lax; Domain=x.example' } }],
]);

proves('storage', (url) => look(url, async (page) => { await page.waitForTimeout(200); return storageProblems(page); }), [
  [/localStorage holds a/, { script: 'localStorage.a=1' }],
  [/sessionStorage holds b/, { script: 'sessionStorage.b=1' }],
  [/indexedDB holds c/, { script: 'indexedDB.open("c")' }],
  [/caches hold d/, { script: 'caches.open("d")' }],
  [/read a cookie/, { script: 'document.cookie="e=1"' }],
]);

proves('keyboard', (url) => look(url, keyboardProblems), [
  [/never comes to button “Trap/, { body: '<button type="button" id="t">Trap me</button>', script: 'addEventListener("load",()=>t.addEventListener("focus",()=>t.blur()))' }],
  [/nothing shows/, { body: '<button type="button">Plain</button>', script: 'addEventListener("load",()=>{document.querySelector("button").style.outline="none"})', headers: { 'content-security-policy': null } }],
  [/under something else/, { body: '<button type="button">Below</button>', headers: { 'content-security-policy': null }, script: 'addEventListener("load",()=>{const d=document.createElement("div");d.style="position:fixed;inset:0;background:#eee";document.body.append(d)})' }],
  [/Tab stays in|never comes/, { body: '<button type="button" id="t">Stay</button><button type="button">Next</button>', script: 'addEventListener("keydown",(e)=>{if(document.activeElement===t)e.preventDefault()})' }],
]);

proves('320 pixels', (url) => look(url, layoutProblems), [
  [/at 320 pixels the page is/, { body: `<p>${'w'.repeat(90)}</p>` }],
  [/“wide-only” is missing/, { body: '<p>both <span class="far">wide-only</span></p>', headers: { 'content-security-policy': null }, script: 'addEventListener("load",()=>{const s=document.createElement("style");s.textContent="@media(max-width:600px){.far{display:none}}";document.head.append(s)})' }],
  [/p.cut cuts words off/, { body: '<p class="cut">a line that is much longer than a narrow screen</p>', headers: { 'content-security-policy': null }, script: 'addEventListener("load",()=>{Object.assign(document.querySelector(".cut").style,{overflow:"hidden",whiteSpace:"nowrap"})})' }],
]);

test('weight', async () => {
  const sizes = async (page) => {
    const context = await browser.newContext();
    const opened = await context.newPage();
    const { view } = await scales(opened);
    const url = serve(page);
    const first = await view(url);
    await opened.goto('about:blank');
    const later = await view(url);
    await context.close();
    return { first, later };
  };
  const good = await sizes();
  assert.ok(good.first > good.later && good.later > 500, `the style sheet is fetched once: ${JSON.stringify(good)}`);
  const heavy = await sizes({ body: `<p>${'heavy '.repeat(20_000)}</p>` });
  assert.ok(heavy.first > 120_000 && heavy.later > 120_000, JSON.stringify(heavy));
});

test('a slow line is slow', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await slowDown(page);
  const took = async (body) => {
    const began = Date.now();
    await page.goto(serve({ body }));
    return Date.now() - began;
  };
  assert.ok(await took(goodBody) >= 600, 'a page and its style wait for the line');
  assert.ok(await took(`<p>${'heavy '.repeat(10_000)}</p>`) >= 1_900, '60 KB take two seconds');
  await context.close();
});

test('the crawl finds each shape once and tells private from shut', async () => {
  const url = serve({ body: '<p><a href="/other/1">a</a><a href="/other/2?x=1&amp;y=2">b</a><a href="https://elsewhere.example/">c</a></p>' });
  const context = await browser.newContext();
  const pages = await everyPage({ url: origin }, context, [new URL(url).pathname]);
  await context.close();
  assert.deepEqual(pages.map(({ shape }) => shape), [new URL(url).pathname, '/other/{}', '/other/{}?x&y']);
  assert.equal(shapeOf(`${origin}/g/0f8fad5b-d9cb-469f-a165-70867728950e/meetings`), '/g/{}/meetings');
  assert.equal(await isShut({ url: serve({ extra: { locked: true } }), cookie: '' }), true);
  assert.equal(await isShut({ url: serve({ extra: { locked: true } }), cookie: 'a=b' }), false);
});

test('private words in sight are seen', async () => {
  const secret = { words: ['the heron sleeps'] };
  assert.deepEqual(await look(serve(), (page) => wordsInSight(page, secret)), secret.words);
  assert.deepEqual(await look(serve({ body: '<p>other</p>' }), (page) => wordsInSight(page, secret)), []);
});
