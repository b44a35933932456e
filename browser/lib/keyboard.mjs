// Walks a page with the Tab key alone.

// All that a hand can use; of a set of radio buttons the keyboard visits one.
function marked() {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"], [contenteditable="true"]')]
    .filter((thing) => !thing.disabled && !thing.closest('[inert]') && thing.type !== 'hidden'
      && thing.checkVisibility({ checkVisibilityCSS: true }) && thing.tabIndex >= 0);
  const radios = new Set();
  return all.filter((thing) => {
    if (thing.type !== 'radio') return true;
    const set = `${thing.form?.action} ${thing.name}`;
    return !radios.has(set) && radios.add(set);
  });
}

/** What goes wrong when somebody has only the Tab key. */
export async function keyboardProblems(page) {
  const total = await page.evaluate(`(() => {
    const things = (${marked})();
    things.forEach((thing, place) => { thing.dataset.place = place; });
    document.activeElement?.blur();
    return things.length;
  })()`);
  const reached = new Set();
  const problems = [];
  let before = null;
  let stays = 0;
  for (let step = 0; step < total * 3 + 10; step += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const thing = document.activeElement;
      if (!thing || thing === document.body) return null;
      const radio = thing.type === 'radio'
        ? [...document.getElementsByName(thing.name)].find((one) => one.dataset.place)
        : thing;
      const style = getComputedStyle(thing);
      const around = [style, thing.parentElement ? getComputedStyle(thing.parentElement) : style];
      const shows = around.some((one) => (one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2)
        || one.boxShadow !== 'none');
      const box = thing.getBoundingClientRect();
      const told = (thing.getAttribute('aria-label') ?? thing.textContent.trim()) || thing.name || thing.id;
      return {
        place: radio?.dataset.place ?? null, shows, name: `${thing.tagName.toLowerCase()} “${told.slice(0, 40)}”`,
        inView: box.bottom > 0 && box.top < innerHeight && box.width > 0,
      };
    });
    if (here === null) break;
    // A date has several places to type in, so it may keep the focus for a while.
    stays = here.place !== null && here.place === before ? stays + 1 : 0;
    if (stays > 8) {
      problems.push(`Tab stays in ${here.name}`);
      break;
    }
    if (stays === 0 && here.place !== null && reached.has(here.place)) break;
    if (!here.shows) problems.push(`nothing shows that ${here.name} has the focus`);
    if (!here.inView) problems.push(`${here.name} has the focus out of sight`);
    if (here.place !== null) reached.add(here.place);
    before = here.place;
  }
  const missed = await page.evaluate((seen) => [...document.querySelectorAll('[data-place]')]
    .filter((thing) => !seen.includes(thing.dataset.place))
    .map((thing) => `${thing.tagName.toLowerCase()} “${thing.textContent.trim().slice(0, 40) || thing.name || thing.id}”`), [...reached]);
  problems.push(...missed.map((name) => `Tab never comes to ${name}`));
  return problems;
}
