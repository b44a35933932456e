// A circle of people around one meeting, each in a browser room of their own.
import { signedIn } from './browser.mjs';
import { listen } from './noise.mjs';

export const group = 'Tuesday carers';
export const words = {
  begin: 'We begin',
  here: 'I am here',
  next: /^Begin:/,
  take: 'Take the talking piece',
  on: 'Pass it on',
  pass: 'I\'d like to pass this time',
  help: 'Help the talking piece on',
  lead: 'I take over as facilitator',
};

/** The demo's people of the circle. */
export const everybody = (site) => site.people.filter((person) => person.group === group);

/** Whoever leads tonight. */
export const leader = (people) => people.find((person) => person.role === 'facilitator');

/** Signs somebody in and goes to tonight's meeting as a person would: { person, context, page, problems }. */
export async function goIn(browser, site, person, options = {}) {
  const context = await signedIn(browser, person, options);
  const page = await context.newPage();
  const { problems } = await listen(page);
  if (options.javaScriptEnabled !== false) await page.addInitScript(noteVersions);
  await page.goto(`${site.url}/groups`);
  await page.locator('main a[href^="/g/"]').first().click();
  await page.getByRole('link', { name: 'Meet', exact: true }).click();
  await page.waitForURL(/\/meet$/);
  await page.locator('main .card').first().locator('a[href*="/meetings/"]').first().click();
  await page.waitForURL(/\/meetings\/[0-9a-f]{32}$/);
  return { person, context, page, problems };
}

// Runs in the page: when each version of the circle was first in sight.
function noteVersions() {
  globalThis.inSight = {};
  const note = () => {
    const version = document.getElementById('round')?.dataset.version;
    if (version && !(version in globalThis.inSight)) globalThis.inSight[version] = Date.now();
  };
  new MutationObserver(note).observe(document, { subtree: true, childList: true, attributeFilter: ['data-version'] });
}

/** The version of the circle on a screen. */
export const versionOn = ({ page }) => page.locator('#round').getAttribute('data-version').then(Number);

/** What a screen tells everybody: the step, where the piece is, who sits where, and the order. */
export function toldOn({ page }) {
  return page.evaluate(() => {
    const plain = (thing) => thing?.textContent.replace(/\s+/g, ' ').trim() ?? '';
    return {
      step: plain(document.querySelector('#round h2')),
      piece: plain(document.querySelector('#round .speaking')),
      seats: [...document.querySelectorAll('#round .seats li')].map(plain),
      order: [...document.querySelectorAll('#order .running li')].map((line) => `${line.className} ${plain(line)}`),
    };
  });
}

/** The name that has the talking piece or is asked, as a screen says it; '' for nobody. */
export const whoHas = ({ page }) => page.evaluate(() => document.querySelector('#round .speaking bdi')?.textContent ?? '');

/**
 * Somebody presses a button of the circle. Gives, once every screen shows what came of it, the
 * milliseconds from the answer to the press until the last screen's change.
 */
export async function press(screens, who, name) {
  const isMove = (request) => request.method() === 'POST' && request.url().endsWith('/move');
  const before = await versionOn(who);
  const [answer] = await Promise.all([
    who.page.waitForResponse((response) => isMove(response.request())),
    who.page.locator('#round').getByRole('button', { name, exact: typeof name === 'string' }).click(),
  ]);
  const answered = Date.now();
  if (answer.status() !== 303) throw new Error(`“${name}” by ${who.person.name} is answered with ${answer.status()}.`);
  await until(who, before + 1);
  const version = await versionOn(who);
  const seen = await Promise.all(screens.map((screen) => until(screen, version)));
  const { startTime, responseStart } = answer.request().timing();
  const at = responseStart > 0 ? startTime + responseStart : answered;
  return Math.max(0, Math.max(...seen) - at);
}

/** Waits until a screen shows this version or a later one; gives the moment. */
export async function until({ person, page }, version) {
  const moment = await page.waitForFunction((wanted) => {
    const round = document.getElementById('round');
    const order = document.getElementById('order');
    if (Number(round?.dataset.version) < wanted || Number(order?.dataset.version) < wanted) return false;
    const moments = Object.entries(globalThis.inSight).filter(([shown]) => Number(shown) >= wanted);
    return Math.min(...moments.map(([, when]) => when));
  }, version, { timeout: 10_000, polling: 'raf' }).catch(() => null);
  if (!moment) throw new Error(`${person.name}'s screen does not come to version ${version}; it shows ${await versionOn({ page })}.`);
  return moment.jsonValue();
}

/** The value that so much of all the numbers does not pass. */
export function upTo(share, numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
