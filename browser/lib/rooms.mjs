// One room for each role of the demo, and one for nobody, all in one browser.
import { launch, onePerRole, signedIn } from './browser.mjs';

/** Gives { browser, rooms: [{ person, context }], close }. */
export async function openRooms(site, options = {}) {
  const browser = await launch();
  const rooms = [];
  for (const person of onePerRole(site.people)) {
    rooms.push({ person, context: await signedIn(browser, person, options) });
  }
  return { browser, rooms, close: () => browser.close() };
}
