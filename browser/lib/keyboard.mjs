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

/**
 * Runs in the page: what has the focus, and what is wrong with how it shows; null for nothing.
 * `target`: what somebody looks for. Of a set of radio buttons the keyboard visits one.
 */
export function atFocus(target) {
  const thing = document.activeElement;
  if (!thing || thing === document.body) return null;
  const isSet = (one) => thing.type === 'radio' && one.type === 'radio' && one.name === thing.name && one.form === thing.form;
  const radio = thing.type === 'radio'
    ? [...document.getElementsByName(thing.name)].find((one) => one.dataset.place)
    : thing;
  const style = getComputedStyle(thing);
  const around = [style, thing.parentElement ? getComputedStyle(thing.parentElement) : style];
  const shows = around.some((one) => (one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2)
    || one.boxShadow !== 'none');
  const box = thing.getBoundingClientRect();
  const inView = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  // A bar that stays in place may lie over it: one spot that nothing covers is enough.
  const parts = [0.1, 0.5, 0.9];
  const isBare = parts.some((down) => parts.some((along) => {
    const top = document.elementFromPoint(box.left + box.width * along, box.top + box.height * down);
    return top && (thing.contains(top) || top.contains(thing));
  }));
  const told = (thing.getAttribute('aria-label') ?? thing.textContent.trim()) || thing.name || thing.id;
  const name = `${thing.localName} “${told.slice(0, 40)}”`;
  return {
    place: radio?.dataset.place ?? null,
    name,
    isTarget: Boolean(target) && (thing === target || isSet(target)),
    problems: [
      !shows && `nothing shows that ${name} has the focus`,
      !inView && `${name} has the focus out of sight`,
      inView && !isBare && `${name} has the focus under something else`,
    ].filter(Boolean),
  };
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
    const here = await page.evaluate(atFocus);
    if (here === null) break;
    // A date has several places to type in, so it may keep the focus for a while.
    stays = here.place !== null && here.place === before ? stays + 1 : 0;
    if (stays > 8) {
      problems.push(`Tab stays in ${here.name}`);
      break;
    }
    if (stays === 0 && here.place !== null && reached.has(here.place)) break;
    problems.push(...here.problems);
    if (here.place !== null) reached.add(here.place);
    before = here.place;
  }
  const missed = await page.evaluate((seen) => [...document.querySelectorAll('[data-place]')]
    .filter((thing) => !seen.includes(thing.dataset.place))
    .map((thing) => `${thing.tagName.toLowerCase()} “${thing.textContent.trim().slice(0, 40) || thing.name || thing.id}”`), [...reached]);
  problems.push(...missed.map((name) => `Tab never comes to ${name}`));
  return problems;
}
