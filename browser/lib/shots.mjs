// Pictures of pages, to be looked at by people: target/shots/<look>/<page>.png
import { mkdir } from 'node:fs/promises';
import { shapeOf } from './pages.mjs';

const folder = new URL('../../target/shots/', import.meta.url).pathname;

export const wanted = () => process.env.SAMEBOAT_SHOTS === '1';

/** Keeps a picture of the whole open page. */
export async function shoot(page, look, who) {
  const name = shapeOf(page.url()).replace(/[^\w?&]+/g, '-').replace(/^-|-$/g, '') || 'front';
  const place = `${folder}${look.name}`;
  await mkdir(place, { recursive: true });
  await page.screenshot({ path: `${place}/${name}.${who.replace(/\W+/g, '-')}.png`, fullPage: true });
}
