// The ways in which somebody uses a page: with mouse or finger, or with the keyboard alone.
import assert from 'node:assert/strict';
import { atFocus } from './keyboard.mjs';

/** With mouse or finger. */
export const pointer = {
  press: (thing) => thing.click(),
  write: (thing, words) => thing.fill(words),
  tick: (thing) => thing.check(),
  pick: (thing, label) => thing.selectOption({ label }),
};

/** With Tab, arrows, Space, Enter and letters; the focus must show wherever something is done. */
export const keyboard = {
  async press(thing) {
    const isLink = await reach(thing);
    await thing.page().keyboard.press(isLink ? 'Enter' : 'Space');
  },

  async write(thing, words) {
    await reach(thing);
    const { keyboard: keys } = thing.page();
    if (await thing.getAttribute('type') === 'date') {
      const [year, month, day] = words.split('-');
      await keys.type(`${month}${day}${year}`);
    } else {
      await keys.press('ControlOrMeta+A');
      await keys.type(words);
    }
    assert.equal(await thing.inputValue(), words);
  },

  async tick(thing) {
    await reach(thing);
    const isRadio = await thing.getAttribute('type') === 'radio';
    const { keyboard: keys } = thing.page();
    for (let presses = 0; !await thing.isChecked(); presses += 1) {
      assert.ok(presses < 12, 'some key ticks it');
      const isHere = await thing.evaluate((one) => one === document.activeElement);
      await keys.press(isRadio && !isHere ? 'ArrowDown' : 'Space');
    }
  },

  async pick(thing, label) {
    await reach(thing);
    await thing.page().keyboard.type(label);
    assert.equal(await thing.evaluate((one) => one.selectedOptions[0].label), label);
  },
};

/** Presses Tab until `thing` has the focus, and it shows. True for a link. */
async function reach(thing) {
  const page = thing.page();
  const target = await thing.elementHandle();
  const passed = [];
  for (let tabs = 0; tabs < 200; tabs += 1) {
    const here = await page.evaluate(atFocus, target);
    if (here?.isTarget) {
      assert.deepEqual(here.problems, []);
      return target.evaluate((one) => one.localName === 'a');
    }
    passed.push(here?.name);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${await thing.evaluate((one) => one.outerHTML)}, only to ${[...new Set(passed)].join(', ')}`);
}
