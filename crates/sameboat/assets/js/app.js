import { readyToLeave } from './leave.js';

document.documentElement.classList.add('script');
readyToLeave();

const has = (selector) => document.querySelector(selector) !== null;

if (has('form[data-piece]')) import('./piece.js').then((piece) => piece.watchForms());
if (has('main form[method="post"]')) import('./once.js').then((once) => once.start());
if (has('[data-ending]')) import('./ending.js').then((ending) => ending.start());
if (has('[data-live]')) import('./live.js').then((live) => live.start());
if (has('[data-here]')) import('./here.js').then((here) => here.start());
// A piece that arrives later may bring these: they listen on the document.
if (has('form[data-draft], [data-stage="open"], form[data-piece]')) import('./draft.js').then((draft) => draft.start());
if (has('[data-copy], [data-share], [data-print], [data-open], [data-stage="open"]')) import('./copy.js').then((copy) => copy.start());
if (has('select[data-clock]')) import('./clock.js').then((clock) => clock.guess());
if (has('[data-awake]')) import('./awake.js').then((awake) => awake.start());
