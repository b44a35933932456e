// What only a signed-in person may see, and ways to ask whether it is gone.
import { setTimeout as pause } from 'node:timers/promises';
import { cookieHeader, everyPage, get } from './pages.mjs';

/** A page that opens for this room and not for nobody: { url, cookie, words }. */
export async function privatePage(site, context) {
  const cookie = await cookieHeader(context);
  for (const page of await everyPage(site, context)) {
    if (!page.isHtml || page.status !== 200) continue;
    if ((await get(page.url)).status !== 200) return { url: page.url, cookie, words: wordsOf(page.body) };
  }
  throw new Error('No page is private to this person.');
}

// The heading and people's own words: what must not be seen afterwards.
function wordsOf(body) {
  const plain = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim();
  return [...body.matchAll(/<(h1|p|blockquote|q)\b([^>]*)>([\s\S]*?)<\/\1>/g)]
    .filter(([, tag, marks]) => tag === 'h1' || marks.includes('data-words'))
    .map(([, , , text]) => plain(text)).filter((text) => text.length > 3);
}

/** True once the old cookie opens the page no more; waits up to five seconds. */
export async function isShut({ url, cookie }) {
  for (let tries = 0; tries < 50; tries += 1) {
    if ((await get(url, cookie)).status !== 200) return true;
    await pause(100);
  }
  return false;
}

/** Which of the private words the open page shows. The header names rooms, to everybody alike. */
export async function wordsInSight(page, { words }) {
  const text = (await page.locator('main').innerText({ timeout: 2_000 }).catch(() => '')).replace(/\s+/g, ' ');
  return words.filter((word) => text.includes(word));
}
