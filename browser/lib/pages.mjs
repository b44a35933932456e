// Finds the pages of a site by following its links, as a person would.
import { createHash } from 'node:crypto';

const most = 400;

/** A path that no site has, to see the page for lost people. */
export const missing = '/there-is-no-such-page';

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;
const oneUnit = (part) => uuid.test(part) || /^\d+$/.test(part)
  || /^(?=.*[\dA-Z])[\w~-]{12,}$/.test(part);

/** The path with each id replaced: `/g/{}/meetings/{}?page`. */
export function shapeOf(url) {
  const { pathname, searchParams } = new URL(url);
  const path = pathname.split('/').map((part) => (oneUnit(part) ? '{}' : part)).join('/');
  const asked = [...new Set(searchParams.keys())].sort().join('&');
  return asked ? `${path}?${asked}` : path;
}

/** The cookies of a room as one header, for requests made beside the browser. */
export async function cookieHeader(context) {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** Asks for one page without a browser; follows nothing. */
export async function get(url, cookie = '', options = {}) {
  const answer = await fetch(url, {
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
    ...options,
    headers: { ...(cookie && { cookie }), ...options.headers },
  });
  const type = answer.headers.get('content-type') ?? '';
  // A live stream never ends: its head is enough.
  const isStream = type.startsWith('text/event-stream');
  const body = isStream ? '' : await answer.text();
  if (isStream) await answer.body.cancel();
  return { url, status: answer.status, headers: answer.headers, type, body, isHtml: type.startsWith('text/html') };
}

/**
 * Every answer that links lead to from `start`, one for each shape of path.
 * Ends with an error at `most` shapes, because then the shapes are wrong.
 */
export async function everyPage(site, context, start = ['/']) {
  const cookie = await cookieHeader(context);
  const waiting = start.map((path) => new URL(path, site.url).href);
  const seen = new Set();
  const found = [];
  while (waiting.length > 0) {
    const url = waiting.shift();
    const shape = shapeOf(url);
    if (seen.has(shape)) continue;
    seen.add(shape);
    if (seen.size > most) throw new Error(`More than ${most} shapes of path; the last is ${shape}.`);
    const answer = await get(url, cookie);
    found.push({ ...answer, shape, build: buildOf(shape, answer.body) });
    waiting.push(...linksOf(answer).filter((link) => new URL(link).origin === site.url));
  }
  return found;
}

function linksOf({ url, headers, body, isHtml }) {
  const moved = headers.get('location');
  if (moved) return [absolute(moved, url)].filter(Boolean);
  if (!isHtml) return [];
  return [...body.matchAll(/<a\s[^>]*?href\s*=\s*["']?([^"'\s>]+)/gi)]
    .map(([, href]) => absolute(href.replaceAll('&amp;', '&').replaceAll('&#38;', '&'), url))
    .filter(Boolean);
}

function absolute(href, base) {
  if (!URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  url.hash = '';
  return url.protocol.startsWith('http') ? url.href : null;
}

// Two pages with the same tags, classes and states, each beside the same neighbours, look alike but
// for words and for how long their lists are.
function buildOf(shape, body) {
  const tags = [...body.matchAll(/<(\/?[a-z][\w-]*)((?:\s[^<>]*)?)>/gi)].map(([, tag, rest]) =>
    tag + [...rest.matchAll(/\s(class|role|type|open|hidden|disabled|checked|aria-[a-z]+)\b(?:="([^"]*)")?/gi)]
      .map(([, key, value]) => (/^aria-(current|expanded|pressed|live|hidden)/.test(key) || !key.startsWith('aria-') ? key + value : key)).join());
  const neighbours = new Set(tags.map((tag, place) => `${tags[place - 1]} ${tag}`));
  return createHash('sha256').update(shape.split('?')[0] + [...neighbours].sort().join('|')).digest('hex');
}

/**
 * The HTML pages that all these people (null is nobody) can reach, each build
 * once: [{ person, context, url, shape, body, … }].
 */
export async function pagesOfEveryone(site, rooms) {
  const pages = new Map();
  const found = await Promise.all(rooms.map(({ context }) => everyPage(site, context, ['/', missing])));
  for (const [place, { person, context }] of rooms.entries()) {
    for (const page of found[place]) {
      if (page.isHtml && !pages.has(page.build)) pages.set(page.build, { ...page, person, context });
    }
  }
  return [...pages.values()];
}
