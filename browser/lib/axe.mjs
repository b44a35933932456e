// axe-core: WCAG 2.2 AA and best practice, in every width and theme.
import { readFileSync } from 'node:fs';
import { dress, looks } from './browser.mjs';

const source = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// A theme changes nothing but colours, so in the dark only these can find more.
const ofColours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** What is wrong with the open page, as sentences. `eachLook` runs in each look. */
export async function axeProblems(page, eachLook = async () => []) {
  const problems = [];
  await page.evaluate(source);
  for (const look of looks) {
    await dress(page, look);
    const { violations } = await page.evaluate((runOnly) => globalThis.axe.run(document, {
      runOnly, resultTypes: ['violations'],
    }), look.theme === 'dark' ? ofColours : rules);
    for (const { id, help, nodes } of violations) {
      const where = nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' · ');
      problems.push(`${look.name}: ${id} (${help}) at ${where}`);
    }
    problems.push(...await eachLook(look));
  }
  return problems;
}
