import { isLeaving } from './leave.js';
import { say } from './say.js';

const LOOK = 15000;

/** Says before the sign-in ends that it does, and takes what was private away when it has. */
export function start() {
  const box = document.querySelector('[data-ending]');
  const [limit, idle, over] = ['limit', 'idle', 'over'].map((name) => box.querySelector(`[data-ending-${name}]`));
  let left = { limit: Number(box.dataset.limit), idle: Number(box.dataset.idle) };
  // The clock on the wall: a timer stands still while a computer sleeps.
  let known = Date.now();
  let timer;

  const gone = () => (Date.now() - known) / 1000;
  const isSoon = (name) => left[name] - gone() <= Number(box.dataset[`${name}Warning`]);

  // Where a day is left, to ask now and then is enough.
  const patience = () => (Math.min(left.limit, left.idle) - gone() > 1200 ? 20 * LOOK : LOOK);

  function show(notice, yes) {
    if (notice.hidden !== yes) return;
    if (!yes && notice.contains(document.activeElement)) document.getElementById('main').focus({ preventScroll: true });
    notice.hidden = !yes;
    if (yes) say(notice.querySelector('p').textContent.trim());
  }

  function draw() {
    // What ends in any case is not put off by staying.
    const ends = isSoon('limit');
    show(limit, ends);
    show(idle, !ends && isSoon('idle'));
  }

  /** Another tab, or a draft that was kept, may have used the sign-in since. */
  async function ask() {
    const answer = await fetch(box.dataset.ending, { redirect: 'manual' }).catch(() => undefined);
    if (answer?.type === 'opaqueredirect') signedOut();
    if (!answer?.ok) return;
    left = await answer.json();
    known = Date.now();
  }

  function signedOut() {
    clearInterval(timer);
    show(limit, false);
    show(idle, false);
    if (hasWords()) show(over, true);
    else if (!isLeaving()) location.replace(`/sign-in?to=${location.pathname}`);
  }

  async function look() {
    if (document.hidden || !over.hidden) return;
    if ((isSoon('limit') || isSoon('idle')) && gone() * 1000 >= patience()) await ask();
    if (over.hidden) draw();
  }

  idle.addEventListener('submit', async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(idle));
    const answer = await fetch(idle.action, { method: 'POST', body, redirect: 'manual' }).catch(() => undefined);
    await ask();
    if (!over.hidden) return;
    draw();
    say(answer && idle.hidden ? idle.dataset.saidStayed : idle.dataset.saidUnsent);
  });
  document.addEventListener('visibilitychange', look);
  addEventListener('pageshow', look);
  timer = setInterval(look, LOOK);
}

/** Whether somebody typed something here that stands nowhere else. */
function hasWords() {
  const fields = [...document.querySelectorAll('main textarea, main input:not([type="hidden"])')];
  return fields.some((field) => field.value !== field.defaultValue);
}
