// Two taps on a slow line are one wish. The server takes a form only once in any case; this spares
// the person the page that says so.
const PATIENCE = 10000;
const waiting = new Map();

export function start() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    // Other scripts that send the form themselves have said so by now.
    setTimeout(() => { if (!event.defaultPrevented && form.method === 'post' && !form.target) hold(form, event.submitter); });
    if (waiting.has(form)) event.preventDefault();
  });
  // Back brings the page as it was left.
  addEventListener('pageshow', () => [...waiting.keys()].forEach(release));
}

function hold(form, button) {
  // Not `disabled`: that would take the button's own value out of the form.
  button?.setAttribute('aria-disabled', 'true');
  waiting.set(form, { button, timer: setTimeout(() => release(form), PATIENCE) });
}

function release(form) {
  const { button, timer } = waiting.get(form);
  clearTimeout(timer);
  button?.removeAttribute('aria-disabled');
  waiting.delete(form);
}
