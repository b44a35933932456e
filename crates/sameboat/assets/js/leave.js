import { say } from './say.js';

const WITHIN = 5000;
let leaving = false;

export const isLeaving = () => leaving;

export function readyToLeave() {
  const form = document.querySelector('form[data-leave]');
  if (!form) return;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    leave(form);
  });
  countShifts(form);
  // Back must not show what was here, even where the browser kept the whole page.
  addEventListener('pageshow', (event) => {
    if (event.persisted && leaving) location.reload();
  });
}

/** Hide, ask for the end of the sign-in without waiting for it (the reply can take half a second), go. */
function leave(form) {
  if (leaving) return;
  leaving = true;
  const words = new URLSearchParams(new FormData(form));
  const blank = document.createElement('div');
  blank.className = 'leave-blank';
  document.body.append(blank);
  document.title = form.dataset.leaveTitle || '…';
  say(form.dataset.saidLeaving);
  fetch(form.action, { method: 'POST', body: words, keepalive: true, redirect: 'manual' }).catch(() => {});
  location.replace(form.dataset.leaveTo);
}

function countShifts(form) {
  let count = 0;
  let alone = false;
  let timer;
  let dots;
  const reset = (late) => {
    clearTimeout(timer);
    if (late && count > 0) say(form.dataset.saidLate);
    count = 0;
    dots?.remove();
    dots = undefined;
  };
  addEventListener('keydown', (event) => {
    // A capital letter is no wish to leave.
    alone = event.key === 'Shift';
    if (!alone) reset(false);
  }, true);
  addEventListener('keyup', (event) => {
    if (event.key !== 'Shift' || !alone || leaving) return;
    count += 1;
    if (count >= 3) {
      leave(form);
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => reset(true), WITHIN);
    dots ??= drawDots();
    [...dots.children].forEach((dot, index) => dot.classList.toggle('on', index < count));
    say(count === 1 ? form.dataset.saidTwoMore : form.dataset.saidOneMore);
  }, true);
}

function drawDots() {
  const dots = document.createElement('div');
  dots.className = 'leave-dots';
  dots.setAttribute('aria-hidden', 'true');
  for (let index = 0; index < 3; index += 1) dots.append(document.createElement('i'));
  document.body.append(dots);
  return dots;
}
