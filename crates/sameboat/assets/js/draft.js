import { isLeaving } from './leave.js';

const PAUSE = 3000;
const LONGEST_WAIT = 60000;
const drafts = new Map();

export function start() {
  document.addEventListener('input', (event) => {
    const form = event.target.form;
    if (form?.matches('[data-draft]')) draftOf(form).changed(event.target);
  });
  document.addEventListener('submit', (event) => {
    const draft = drafts.get(event.target);
    if (!draft || event.target.matches('[data-piece]')) return;
    if (draft.mayGo()) return draft.done();
    // A line that is down takes the page away, and the words with it: so they are kept first.
    event.preventDefault();
    draft.keepThen(() => event.target.requestSubmit(event.submitter));
  });
  document.addEventListener('sent', (event) => drafts.get(event.target)?.done());
  document.addEventListener('piece', moveOn);
  addEventListener('online', () => drafts.forEach((draft) => draft.send()));
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && !isLeaving()) drafts.forEach((draft) => draft.send(true));
  });
  addEventListener('beforeunload', (event) => {
    if (isLeaving() || ![...drafts.values()].some((draft) => draft.unsent())) return;
    event.preventDefault();
    event.returnValue = '';
  });
}

/** A live update put a new form in place of the old one: what was not yet kept goes with the words. */
function moveOn() {
  drafts.forEach((draft, form) => {
    if (form.isConnected) return;
    drafts.delete(form);
    if (!draft.unsent()) return;
    draft.done();
    const again = document.querySelector(`[data-draft="${CSS.escape(form.dataset.draft)}"]`);
    if (again) draftOf(again).changed();
  });
}

function draftOf(form) {
  if (!drafts.has(form)) drafts.set(form, keep(form));
  return drafts.get(form);
}

function keep(form) {
  let written = 0;
  let kept = 0;
  let failures = 0;
  let timer;
  let sending;
  let isUp = false;
  let passed = false;

  const status = form.querySelector('[data-status]');
  const tell = (words) => {
    if (status.textContent !== words) status.textContent = words;
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(() => send(), wait);
  };

  // Only the newest words wait, in the memory of this page: a shared computer must remember nothing.
  function send(closing = false) {
    if (!sending && kept !== written && !isLeaving()) {
      clearTimeout(timer);
      sending = sendNow(closing);
    }
    return sending;
  }

  async function sendNow(closing) {
    const now = written;
    let why = status.dataset.saidUnsent;
    isUp = false;
    try {
      const body = new URLSearchParams(new FormData(form));
      const response = await fetch(form.dataset.draft, { method: 'POST', body, keepalive: closing && String(body).length < 60000 });
      isUp = true;
      if (response.status === 409) why = status.dataset.saidElsewhere || why;
      if (response.status === 507) why = status.dataset.saidFull || why;
      if (!response.ok || response.redirected) throw new Error(String(response.status));
      kept = Math.max(kept, now);
      failures = 0;
      if (kept === written) tell(status.dataset.saidKept);
    } catch {
      failures += 1;
      tell(why);
    }
    sending = undefined;
    if (kept !== written) later(failures ? Math.min(LONGEST_WAIT, PAUSE * 2 ** failures) : PAUSE);
  }

  return {
    changed(field) {
      written += 1;
      // Who goes through choices by arrow keys would hear it at each of them.
      const types = !field?.matches('select, [type="radio"], [type="checkbox"]');
      if (types && written - kept === 1 && !failures) tell(status.dataset.saidWriting);
      if (!sending && !failures) later(PAUSE);
    },
    done() {
      clearTimeout(timer);
      kept = written;
    },
    unsent: () => kept !== written,
    /** Whether the form may be sent now: its words are kept, or the line was just seen to be up. */
    mayGo() {
      const may = passed || kept === written;
      passed = false;
      return may;
    },
    /** Goes on once something is answered, whatever it is: the form's own answer says more. */
    async keepThen(go) {
      await sending;
      await send();
      passed = isUp;
      if (passed) go();
      else tell(status.dataset.saidUnsent);
    },
    send,
  };
}
