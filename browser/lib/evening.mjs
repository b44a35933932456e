// What people do in a group's first evening, page by page, by whatever hands they have.
import assert from 'node:assert/strict';
import { listen } from './noise.mjs';

/** Somebody with a browser room of their own: { name, page, hand, script, problems }. */
export async function sitDown(browser, name, { hand, script, ...options }) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 }, javaScriptEnabled: script, ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const { problems } = await listen(page);
  return { name, context, page, hand, script, problems };
}

export const link = ({ page }, name) => page.getByRole('link', { name, exact: typeof name === 'string' });
export const button = ({ page }, name) => page.getByRole('button', { name, exact: typeof name === 'string' });
export const way = ({ page }, name) => page.getByRole('navigation').getByRole('link', { name, exact: true });
const field = ({ page }, name) => page.getByLabel(name, { exact: typeof name === 'string' });
const radio = ({ page }, name) => page.getByRole('radio', { name });

/** Presses something that leads to a page, and waits for that page. */
export async function go(who, thing) {
  await Promise.all([who.page.waitForEvent('load', { timeout: 20_000 }), who.hand.press(thing)]);
}

/** Says yes to the heading that must be there. */
export const at = (who, name) => who.page.getByRole('heading', { name }).first().waitFor();

/** From the page for joining on: a word, five words for a passphrase, the sheet. */
async function join(who) {
  await who.hand.tick(who.page.locator('#word').getByRole('radio').nth(1));
  await who.hand.tick(field(who, 'Only I use this device'));
  await go(who, button(who, 'Make my sign-in'));
  assert.match(await who.page.locator('#sheet-code').innerText(), /^[\w -]{27,}$/);
  await go(who, link(who, /^I have kept it/));
}

/** Looks at the front page and makes a sign-in. */
export async function begin(who, site) {
  await who.page.goto(`${site.url}/`);
  await go(who, link(who, 'Begin'));
  await go(who, link(who, 'I know how to leave. Go on'));
  await join(who);
  await at(who, 'My notebook');
}

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Answers all questions of the walk, with a slip and a way back, and begins the group. */
export async function found(who, { most = '8' } = {}) {
  const { hand } = who;
  const on = () => go(who, button(who, 'Go on'));
  await go(who, way(who, 'My groups'));
  await go(who, link(who, 'Start a group'));
  await go(who, link(who, 'To the first question'));

  await at(who, 'What are you here for?');
  await hand.write(field(who, 'We are people who…'), 'look after somebody at home');
  await on();
  await who.page.getByRole('alert').waitFor();
  assert.equal(await field(who, 'We are people who…').inputValue(), 'look after somebody at home', 'nothing typed is lost');
  await hand.press(link(who, 'Say in a few words what you meet for.'));
  await hand.write(field(who, '…meeting to…'), 'rest and be heard');
  await on();

  await hand.write(field(who, 'Who it is not for'), 'people who are paid for it');
  await on();
  await hand.tick(radio(who, /^Finding a way to live with it/));
  await on();
  await hand.write(field(who, 'The name inside'), 'The kettle');
  await hand.write(field(who, 'The name outside'), 'Tuesday class');
  await on();
  await hand.pick(field(who, 'On which day'), 'Tuesday');
  await hand.write(field(who, 'At what time'), '18:30');
  await hand.pick(field(who, 'Whose clock'), 'Europe/London');
  await on();
  await hand.tick(radio(who, /^In a room/));
  await hand.write(field(who, 'Where, or how to get in'), 'The library, left door');
  await on();
  await at(who, 'How many people?');
  await go(who, button(who, 'Back'));
  assert.equal(await field(who, 'Where, or how to get in').inputValue(), 'The library, left door', 'it is kept');
  await on();
  await hand.write(field(who, 'At most'), most);
  await on();
  await hand.write(field(who, 'On which day'), inDays(90));
  await hand.tick(field(who, 'This group is for adults'));
  await on();
  await hand.write(field(who, 'Lines of your own'), 'There is tea.');
  await on();
  await hand.pick(field(who, 'Country'), 'Ireland');
  await go(who, button(who, 'Show the numbers we hold'));
  assert.match(await field(who, 'Services and numbers').inputValue(), /: .*\d/, 'numbers to check');
  await hand.tick(field(who, 'I have checked these numbers'));
  await on();
  await hand.write(field(who, 'The group may call me'), who.name);
  await hand.tick(radio(who, /^A member/));
  await on();
  await at(who, 'Read it as somebody would who comes');
  await who.page.getByText('look after somebody at home').first().waitFor();
  await go(who, button(who, 'Begin this group'));
  await at(who, 'The kettle');
}

/** Makes links, and gives their addresses. */
export async function invite(who, count) {
  await go(who, way(who, 'Us'));
  await go(who, link(who, 'Invite somebody'));
  await who.hand.pick(field(who, 'How many links?'), String(count));
  await go(who, button(who, 'Make the link'));
  return who.page.locator('section.invite code').allInnerTexts();
}

/** Opens a link, reads the card, makes a sign-in, says yes to each line (perhaps but one), and waits at the door. */
export async function knock(who, address, objection) {
  await who.page.goto(address);
  await at(who, 'Somebody would like you with them');
  assert.equal(new URL(who.page.url()).pathname, '/joining', 'the secret has left the address');
  await go(who, link(who, 'Go on, I am new here'));
  await go(who, link(who, 'I know how to leave. Go on'));
  await join(who);
  await who.hand.write(field(who, 'What this group may call you'), who.name);
  await who.hand.write(field(who, 'What would make it hard to come'), 'The stairs');
  for (const line of await who.page.locator('.clause').all()) {
    if (objection && (await line.innerText()).includes(objection.to)) {
      await who.hand.tick(line.getByRole('radio', { name: 'I object' }));
      await who.hand.write(line.getByRole('textbox'), objection.why);
    } else {
      await who.hand.tick(line.getByRole('radio', { name: 'I accept' }));
    }
  }
  await go(who, button(who, 'Knock at the door'));
  await at(who, 'At the door');
  await who.page.getByText('A member can let you in.').waitFor();
}

/** Opens the group's own pages at Today. */
export async function home(who) {
  await go(who, way(who, 'My groups'));
  await go(who, link(who, 'Tuesday class'));
  await at(who, 'The kettle');
}

/** Lets in whoever is expected: one alone, or all of them together. */
export async function letIn(who, names) {
  await home(who);
  await go(who, link(who, 'Look who it is'));
  if (names.length === 1) {
    await go(who, button(who, 'Let them in'));
  } else {
    for (const name of names) await who.hand.tick(who.page.getByRole('checkbox', { name }));
    await go(who, button(who, 'Let these in together'));
  }
  for (const name of names) await who.page.locator('.person bdi', { hasText: name }).waitFor();
}

/** Opens the group's agreement. */
export async function readAgreement(who) {
  await home(who);
  await go(who, way(who, 'Us'));
  await go(who, link(who, 'How we are with each other'));
}

/** Says yes to each line of the agreement. */
export async function accept(who) {
  await readAgreement(who);
  await go(who, link(who, 'Say what you think'));
  const lines = who.page.locator('.clause');
  for (let line = 0; line < await lines.count(); line += 1) {
    await who.hand.tick(lines.nth(line).getByRole('radio', { name: 'I accept' }));
  }
  await go(who, button(who, 'Keep what I say'));
}

/** Writes a page for oneself, in the notebook. */
export async function writePage(who, words) {
  await go(who, way(who, 'My notebook'));
  await go(who, link(who, 'Write a page'));
  await who.hand.write(field(who, 'Your words'), words);
  await go(who, button(who, 'Keep it'));
  await who.page.locator('.leaf [data-words]', { hasText: words }).waitFor();
}

/** Shares the newest page with the group; `sees` gets the names in the preview before it goes. */
export async function sharePage(who, sees) {
  await go(who, who.page.locator('.leaf h3 a').first());
  await who.hand.press(who.page.locator('summary', { hasText: 'If I want to show this to somebody' }));
  await go(who, link(who, 'Choose to whom'));
  await who.hand.tick(radio(who, /^Tell me what you have lived through/));
  await who.hand.tick(radio(who, /^The whole group/));
  await go(who, button(who, 'See who will read it'));
  sees(await who.page.locator('.audience bdi').allInnerTexts());
  await go(who, button(who, 'Share it'));
}

/** Reads the newest share, says “me too” and that all of it was read, and answers in words. */
export async function answer(who, words) {
  await home(who);
  await go(who, way(who, 'Talk'));
  await go(who, link(who, /^Read and answer/).first());
  await go(who, button(who, 'Me too'));
  await go(who, button(who, 'I have read it all'));
  await who.hand.write(field(who, 'What you have lived through yourself'), words);
  await go(who, button(who, 'Send it'));
  await who.page.locator('#answers [data-words]', { hasText: words }).waitFor();
}

/** Ticks a theme that is known from one's own life. */
export async function hold(who, theme) {
  await home(who);
  await go(who, link(who, 'See our common ground, and add yours'));
  await who.hand.tick(field(who, theme));
  await go(who, button(who, 'Add these'));
}

/** So many minutes from now, on the group's clock: ["2026-01-06", "18:30"]. */
const inMinutes = (minutes) => new Date(Date.now() + minutes * 60_000)
  .toLocaleString('sv-SE', { timeZone: 'Europe/London' }).slice(0, 16).split(' ');

/** Sets the next meeting, for soon: it can begin from two hours before. */
export async function setMeeting(who) {
  await home(who);
  await go(who, way(who, 'Meet'));
  await go(who, link(who, 'Set a meeting'));
  const [day, time] = inMinutes(30);
  await who.hand.write(field(who, 'Day'), day);
  await who.hand.write(field(who, 'Time'), time);
  await go(who, button(who, 'Keep it'));
}

/** Says that one comes, and takes a role of that meeting. */
export async function comeAs(who, role) {
  await home(who);
  await go(who, way(who, 'Meet'));
  await go(who, button(who, 'I\'m coming'));
  await go(who, button(who, `I'll do it ${role}`));
  await button(who, `I give it up ${role}`).waitFor();
}

/**
 * Where `who` looks at a meeting with script, the page loads itself anew when it begins or ends: they
 * go on from the new one.
 */
export async function turned(who, stage) {
  if (!who.script) return;
  await who.page.locator(`#round[data-stage="${stage}"]`).waitFor();
  await who.page.waitForLoadState('load');
}

/** Opens the circle. */
export async function weBegin(who) {
  await home(who);
  await go(who, way(who, 'Meet'));
  await go(who, who.page.locator('.large').getByRole('link'));
  await go(who, button(who, 'We begin'));
  await who.page.locator('#round').waitFor();
}

/** Goes into the open circle and sits down. */
export async function sit(who) {
  await home(who);
  await go(who, way(who, 'Meet'));
  await go(who, link(who, 'Go to the circle'));
  await go(who, button(who, 'I am here'));
}

const versionOn = ({ page }) => page.locator('#round').getAttribute('data-version').then(Number);

/** Presses a button of the circle; the circle has moved on when it is back. */
export async function move(who, name) {
  const before = await versionOn(who);
  await who.hand.press(who.page.locator('#round').getByRole('button', { name, exact: typeof name === 'string' }));
  await who.page.locator(`#round:not([data-version="${before}"])`).waitFor();
}

/** The others come to see what `who` sees: by themselves with script, by a link without. */
export async function allSee(who, others) {
  const version = await versionOn(who);
  for (const other of others) {
    if (!other.script) await go(other, link(other, 'See what\'s new'));
    await other.page.locator(`#round[data-version="${version}"]`).waitFor();
  }
}

/** The step of the circle that a screen shows. */
export const stepOn = ({ page }) => page.locator('#round h2').innerText();

/** What a screen says about the talking piece. */
export const pieceOn = ({ page }) => page.locator('#round .speaking').textContent();

/** Writes for oneself while the others do, and comes back to the circle. */
export async function writeInCircle(who, words) {
  await go(who, link(who, 'Write for yourself'));
  await who.hand.write(field(who, 'What weighs on me'), words);
  await go(who, button(who, 'Keep it'));
  await who.page.locator('#round').waitFor();
}

/** Closes the meeting: what is kept, the next date, and who is asked to lead then. */
export async function close(who, { harvest, leads }) {
  await go(who, link(who, 'Close the meeting'));
  await who.hand.write(field(who, 'What we want to keep'), harvest);
  await who.hand.tick(field(who, 'Set the next meeting'));
  await who.hand.write(field(who, 'Day'), inDays(8));
  await who.hand.write(field(who, 'Time'), '18:30');
  await who.hand.pick(field(who, 'facilitator'), leads);
  await go(who, button(who, 'Close the meeting'));
}

/** Writes in one line how one leaves, for oneself. */
export async function leaveWith(who, words) {
  await go(who, link(who, 'Write one line'));
  await at(who, 'How do you leave?');
  await who.hand.write(field(who, 'Your words'), words);
  await go(who, button(who, 'See who will read it'));
  await who.page.locator('.leaf [data-words]', { hasText: words }).waitFor();
}

/** Says yes to a role that one was asked for. */
export async function sayYes(who, role) {
  await home(who);
  await go(who, link(who, 'Answer'));
  await go(who, button(who, `I'll do it ${role}`));
}
