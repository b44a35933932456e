// Debian's Chromium, and a clean room (context) in it for each person.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Every width and theme in which a page must be right. */
export const looks = [360, 1280].flatMap((width) =>
  ['light', 'dark'].map((theme) => ({ width, theme, name: `${width}-${theme}` })));

/** Starts the browser. It calls nobody but the site under test. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? places.find(existsSync);
  if (!executablePath) throw new Error('Chromium is missing: apt-get install chromium');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A room for a person of the demo, or for nobody (null). */
export async function signedIn(browser, person, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  if (!person) return context;
  const page = await context.newPage();
  const answer = await page.goto(person.sign_in);
  if (answer.status() >= 400) throw new Error(`The demo link of ${person.name} answers ${answer.status()}.`);
  if ((await context.cookies()).length === 0) throw new Error(`The demo link of ${person.name} sets no cookie.`);
  await page.close();
  return context;
}

/** The same with scripts switched off. */
export const withoutScript = (browser, person, options = {}) =>
  signedIn(browser, person, { ...options, javaScriptEnabled: false });

/** One person for each role, and nobody: what a page looks like depends on these. */
export function onePerRole(people) {
  const roles = new Map(people.map((person) => [`${person.role}, ${person.group}`, person]));
  return [null, ...roles.values()];
}

export const nameOf = (person) => (person ? `${person.name} (${person.role})` : 'nobody');

/** Gives `page` a width and a theme without loading it again. */
export async function dress(page, { width, theme }) {
  await page.setViewportSize({ width, height: 740 });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
}
