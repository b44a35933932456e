// A peer-led group from nothing to its first closed meeting (practice 3, workflow a), three times:
// with script, without, and by keyboard alone. With script, one of the three has a slow line and one
// looks at 400 % zoom (promise P24).
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch } from '../lib/browser.mjs';
import * as evening from '../lib/evening.mjs';
import { keyboard, pointer } from '../lib/hands.mjs';
import { atZoom } from '../lib/layout.mjs';
import { sharedSite } from '../lib/site.mjs';
import { slowDown } from '../lib/slow.mjs';

const site = sharedSite();
const ways = {
  'with script, a slow line and 400 % zoom': { hand: pointer, script: true, slow: 'Ben', zoomed: 'Chidi' },
  'without script': { hand: pointer, script: false },
  'by keyboard alone': { hand: keyboard, script: true },
};

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

describe('a first evening', { concurrency: 2 }, () => {
  for (const [name, way] of Object.entries(ways)) describe(name, { concurrency: false }, () => firstEvening(way));
});

function firstEvening({ slow, zoomed, ...how }) {
  let ana;
  let ben;
  let chidi;
  let links;

  before(async () => {
    const sit = (name) => evening.sitDown(browser, name, { ...how, ...(name === zoomed && atZoom) });
    [ana, ben, chidi] = await Promise.all(['Ana', 'Ben', 'Chidi'].map(sit));
    for (const who of [ana, ben, chidi]) if (who.name === slow) await slowDown(who.page);
  });
  after(() => Promise.all([ana, ben, chidi].map((who) => who?.context.close())));

  // What follows a step that failed could only fail too, slowly.
  let broken = false;
  const step = (name, does) => test(name, async () => {
    assert.ok(!broken, 'an earlier step failed');
    broken = true;
    await does();
    broken = false;
  });

  step('Ana makes a sign-in and walks through all questions', async () => {
    await evening.begin(ana, site);
    await evening.found(ana);
  });

  step('her links let two people knock, and she lets them in together', async () => {
    links = await evening.invite(ana, 2);
    assert.equal(links.length, 2);
    await Promise.all([evening.knock(ben, links[0]), evening.knock(chidi, links[1], { to: 'There is tea.', why: 'Tea keeps me awake.' })]);
    await evening.letIn(ana, ['Ben', 'Chidi']);
    await Promise.all([ben, chidi].map(evening.home));
  });

  step('all read why Chidi objects; with his yes, the third, the agreement is in force', async () => {
    await evening.readAgreement(ana);
    await ana.page.getByText('Nothing is fixed until three of you').waitFor();
    await evening.go(ana, evening.link(ana, 'Say what you think'));
    await ana.page.getByText('Tea keeps me awake.').waitFor();
    await evening.accept(chidi);
    await evening.readAgreement(ben);
    await ben.page.getByText(/^In force since/).waitFor();
  });

  step('Ben writes for himself, then shares it once he saw by name who will read it', async () => {
    await evening.writePage(ben, 'I slept four hours.');
    await evening.sharePage(ben, (names) => assert.deepEqual(names.sort(), ['Ana', 'Chidi']));
  });

  step('Chidi answers, and Ben reads it', async () => {
    await evening.answer(chidi, 'So did I, for a year.');
    await evening.go(ben, evening.link(ben, 'One answer in words').or(evening.link(ben, /^See who answered/)).first());
    await ben.page.getByText('So did I, for a year.').waitFor();
    assert.match(await ben.page.locator('main').innerText(), /They have read it all: Chidi/);
  });

  step('what all three know is common ground, and names nobody', async () => {
    for (const who of [ana, ben, chidi]) await evening.hold(who, 'Being tired all the time');
    const shared = chidi.page.locator('#shared');
    assert.match(await shared.innerText(), /Some of us · Being tired all the time/);
    assert.doesNotMatch(await shared.innerText(), /Ana|Ben|Chidi|\d/);
  });

  step('a meeting is set, and two who did not begin the group take roles', async () => {
    await evening.setMeeting(ana);
    await evening.comeAs(ben, 'time-keeper');
    await evening.comeAs(chidi, 'note-keeper');
  });

  step('a round goes around: all are asked, and each says or passes', async () => {
    await evening.weBegin(ana);
    for (const who of [ben, chidi]) {
      await evening.turned(who, 'open');
      await evening.sit(who);
    }
    await evening.allSee(chidi, [ana, ben]);
    for (let steps = 0; !(await evening.stepOn(ana)).startsWith('Round:'); steps += 1) {
      assert.ok(steps < 9, 'a round comes');
      await evening.move(ana, /^Begin:/);
    }
    const people = [ana, ben, chidi];
    await evening.allSee(ana, [ben, chidi]);
    for (let turn = 0; turn < people.length; turn += 1) {
      const name = (await evening.pieceOn(ana)).split(' ')[0];
      const who = people.find((one) => one.name === name);
      const others = people.filter((one) => one !== who);
      if (who === ben) {
        await evening.move(ben, 'I\'d like to pass this time');
      } else {
        await evening.move(who, 'Take the talking piece');
        await evening.allSee(who, others);
        for (const one of people) assert.equal(await evening.pieceOn(one), `${name} has the talking piece.`);
        await evening.move(who, 'Pass it on');
      }
      await evening.allSee(who, others);
    }
    assert.match(await evening.pieceOn(chidi), /Everybody was asked\./);
  });

  step('they write for themselves, and close with what they keep and a next date', async () => {
    await evening.move(ana, /^Begin: Time to write/);
    await evening.allSee(ana, [ben, chidi]);
    await evening.writeInCircle(ben, 'The nights.');
    await evening.close(ana, { harvest: 'We try the night list.', leads: 'Ben' });
    for (const who of [ben, chidi]) await evening.turned(who, 'closed');
    await evening.leaveWith(ana, 'Lighter than I came.');
    await evening.sayYes(ben, 'facilitator');
    await evening.home(chidi);
    await evening.go(chidi, evening.way(chidi, 'Meet'));
    await chidi.page.getByText('We try the night list.').waitFor();
    await chidi.page.getByRole('heading', { name: 'Our next meeting' }).waitFor();
    assert.equal(await chidi.page.getByText('The nights.').count(), 0, 'what Ben wrote is his');
    await evening.go(chidi, evening.way(chidi, 'Talk'));
    assert.equal(await chidi.page.getByText('Lighter than I came.').count(), 0, 'a line is shared by choice alone');
  });

  step('no page complained', () => {
    for (const { name, problems } of [ana, ben, chidi]) assert.deepEqual(problems(), [], name);
  });
}
