// Promise P24: at 320 pixels (400 % zoom of a usual screen) nothing runs off the side.

/** What runs off the side of the open page at 320 pixels, as sentences. */
export async function layoutProblems(page) {
  await page.setViewportSize({ width: 320, height: 640 });
  return page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= 320) return [];
    const wide = [...document.body.querySelectorAll('*')]
      .filter((thing) => thing.getBoundingClientRect().right > 321).slice(0, 3)
      .map((thing) => `${thing.tagName.toLowerCase()}.${thing.className}`);
    return [`at 320 pixels the page is ${scrollWidth} wide: ${wide.join(' ')}`];
  });
}
