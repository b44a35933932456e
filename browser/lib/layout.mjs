// Promise P24: at 320 pixels (400 % zoom of a usual screen) nothing runs off the side, and nothing
// that stands on a wide screen is missing.

/** A browser room as 1280 × 1024 pixels show it at 400 %. */
export const atZoom = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 };

/** What runs off the side of the open page at 400 % zoom, is cut off or missing, as sentences. */
export async function layoutProblems(page) {
  await page.setViewportSize({ width: 1280, height: 1024 });
  const wide = await page.evaluate(wordsInSight);
  await page.setViewportSize(atZoom.viewport);
  const narrow = new Set(await page.evaluate(wordsInSight));
  const missing = [...new Set(wide)].filter((word) => !narrow.has(word)).slice(0, 5);
  return [
    ...missing.map((word) => `at 320 pixels “${word}” is missing`),
    ...await page.evaluate(cutOff),
  ];
}

// Runs in the page: each word that can be read, in a field too.
function wordsInSight() {
  const words = document.body.innerText.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu) ?? [];
  const shown = [...document.querySelectorAll('input, select, textarea, img, svg[role="img"]')]
    .filter((thing) => thing.checkVisibility({ checkVisibilityCSS: true }))
    .map((thing) => `${thing.localName} ${thing.name || thing.getAttribute('aria-label')}`);
  return [...words, ...shown];
}

// Runs in the page: what is wider than the screen, or cuts its own words off.
function cutOff() {
  const told = (thing) => `${thing.localName}.${thing.className?.baseVal ?? thing.className}`;
  const all = [...document.body.querySelectorAll('*')].filter((thing) => thing.checkVisibility());
  const problems = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > 320) {
    const off = all.filter((thing) => thing.getBoundingClientRect().right > 321).slice(0, 3);
    problems.push(`at 320 pixels the page is ${scrollWidth} wide: ${off.map(told).join(' ')}`);
  }
  const cuts = all.filter((thing) => {
    const { overflowX, clipPath } = getComputedStyle(thing);
    // What only a screen reader reads is clipped on purpose.
    return overflowX !== 'visible' && clipPath === 'none' && thing.scrollWidth > thing.clientWidth + 1
      && !['INPUT', 'SELECT'].includes(thing.tagName);
  });
  problems.push(...cuts.slice(0, 3).map((thing) => `at 320 pixels ${told(thing)} cuts words off`));
  return problems;
}
