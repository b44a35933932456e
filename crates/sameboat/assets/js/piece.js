import { unlessGoing } from './going.js';
import { say } from './say.js';

/** The words did not arrive, or whoever answered could not take them now: they must stay on the page. */
class NotSent extends Error {}

export function watchForms() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches('[data-piece][method="post"]') || !document.getElementById(form.dataset.piece)) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}

/** Fetches the newest state of one piece of this page. Words being typed in it stay. */
export function refresh(id) {
  return renew(id, () => true);
}

/** The same, but what says the same stays: nobody's finger finds its button gone for nothing. */
export function lookAgain(id) {
  return renew(id, (shown, piece) => shown.textContent !== piece.textContent);
}

async function renew(id, isWorthIt) {
  const old = document.getElementById(id);
  if (!old || old.getAttribute('aria-busy') === 'true') return;
  const { piece, elsewhere } = await ask(id, location.href, {});
  // The page has ended, and what stood on it with it. A sign-in that ended has its own way.
  if (elsewhere && !new URL(elsewhere).pathname.startsWith('/sign-in')) unlessGoing(() => location.replace(elsewhere));
  if (elsewhere) return;
  await whenNotComposing();
  const now = document.getElementById(id);
  if (!now || now.getAttribute('aria-busy') === 'true') return;
  if (isOfAnotherPage(now, piece)) {
    unlessGoing(() => location.reload());
    return;
  }
  if (!isWorthIt(now, piece)) return;
  // Something sent from here meanwhile may have brought a later state.
  if (Number(piece.dataset.version) < Number(now.dataset.version)) return;
  swap(now, piece, true);
}

/** A meeting that opened or was closed has another page: no piece of it fits here. */
const isOfAnotherPage = (shown, piece) => shown.dataset.stage !== piece.dataset.stage;

async function send(form, button) {
  const id = form.dataset.piece;
  const old = document.getElementById(id);
  if (old.getAttribute('aria-busy') === 'true') return;
  const words = new FormData(form);
  if (button?.name) words.append(button.name, button.value);
  const action = button?.getAttribute('formaction') || form.getAttribute('action') || location.href;
  old.setAttribute('aria-busy', 'true');
  try {
    const { piece, elsewhere, url } = await ask(id, action, { method: 'POST', body: new URLSearchParams(words) });
    if (elsewhere || isOfAnotherPage(old, piece)) {
      sent(form);
      location.assign(elsewhere ?? url);
      return;
    }
    old.removeAttribute('aria-busy');
    if (!piece.querySelector('[aria-invalid="true"], [data-refused]')) sent(form);
    swap(old, piece, false, form);
  } catch (error) {
    old.removeAttribute('aria-busy');
    if (error instanceof NotSent) tellUnsent(form);
    // The browser sends the form itself; its one-time key makes twice the same as once.
    else resend(form, button);
  }
}

/** In sight, beside the buttons; where no status stood before, it is read out besides. */
function tellUnsent(form) {
  const words = form.dataset.saidUnsent ?? '';
  let status = form.querySelector('[data-status], [data-unsent]');
  if (!status) {
    status = document.createElement('p');
    status.className = 'notice warn';
    status.dataset.unsent = '';
    form.append(status);
  }
  if ('unsent' in status.dataset) say(words);
  status.textContent = words;
}

function resend(form, button) {
  delete form.dataset.piece;
  if (button) form.requestSubmit ? form.requestSubmit(button) : button.click();
  else form.submit();
}

function sent(form) {
  form.querySelector('[data-unsent]')?.remove();
  form.dispatchEvent(new CustomEvent('sent', { bubbles: true }));
}

async function ask(id, url, options) {
  let response;
  try {
    response = await fetch(url, { ...options, headers: { 'X-Piece': id } });
  } catch {
    throw new NotSent();
  }
  if (response.redirected && new URL(response.url).pathname !== location.pathname) return { elsewhere: response.url };
  const html = new DOMParser().parseFromString(await response.text(), 'text/html');
  const piece = html.getElementById(id);
  if (!piece) throw response.status === 401 || response.status === 429 || response.status >= 500 ? new NotSent() : new Error(id);
  return { piece, url: response.url };
}

let composing = false;
addEventListener('compositionstart', () => { composing = true; });
addEventListener('compositionend', () => { composing = false; });

function whenNotComposing() {
  if (!composing) return Promise.resolve();
  return new Promise((done) => addEventListener('compositionend', () => setTimeout(done), { once: true }));
}

/** Puts `fresh` in the place of `old`; `form` is the one just sent, whose own words the answer decides. */
export function swap(old, fresh, keepWords, form) {
  if (!fresh) return;
  const heldFocus = old.contains(document.activeElement) ? place(document.activeElement, old) : undefined;
  const words = typed(old, keepWords ? undefined : form);
  const open = [...old.querySelectorAll('details[open]')].map((details) => path(details, old));
  const piece = document.adoptNode(fresh);
  for (const way of open) {
    const details = follow(way, piece);
    if (details?.tagName === 'DETAILS') details.open = true;
  }
  for (const [way, value, checked] of words) restore(follow(way, piece), value, checked);
  old.replaceWith(piece);
  if (heldFocus) focusAgain(piece, heldFocus, !keepWords);
  say(news(old, piece));
  piece.dispatchEvent(new CustomEvent('piece', { bubbles: true }));
}

/** The sentences that the old piece did not have. */
function news({ dataset: old }, { dataset: fresh }) {
  const said = (old.announce ?? '').split('\n');
  return (fresh.announce ?? '').split('\n').filter((line) => !said.includes(line)).join(' ');
}

function typed(root, except) {
  return [...root.querySelectorAll('input, textarea, select')]
    .filter((field) => changed(field) && (!except || field.form !== except))
    .map((field) => [path(field, root), field.value, field.checked]);
}

function changed(field) {
  if (['hidden', 'submit', 'button', 'file'].includes(field.type)) return false;
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

function restore(field, value, checked) {
  if (!field) return;
  if (field.type === 'checkbox' || field.type === 'radio') field.checked = checked;
  else field.value = value;
}

const isFixed = (field) => ['checkbox', 'radio', 'submit'].includes(field.type);
const actionOf = (field) => field.form?.getAttribute('action') ?? '';

/** How to find the same field, button or fold in the piece that comes: by id, by name and form, else by order and words. */
function path(element, root) {
  if (element.id) return { id: element.id };
  const way = { tag: element.tagName, type: element.type, name: element.name || undefined };
  if (way.name) {
    way.action = actionOf(element);
    if (isFixed(element)) way.value = element.value;
  } else if (way.tag !== 'DETAILS') {
    way.words = element.textContent;
  }
  way.at = alike(way, root).indexOf(element);
  return way;
}

function follow(way, root) {
  return way.id ? root.querySelector(`#${CSS.escape(way.id)}`) : alike(way, root)[way.at];
}

function alike(way, root) {
  return [...root.querySelectorAll(way.tag)].filter((other) => !other.id && other.type === way.type
    && (other.name || undefined) === way.name
    && (way.action === undefined || actionOf(other) === way.action)
    && (way.value === undefined || other.value === way.value)
    && (way.words === undefined || other.textContent === way.words));
}

function place(element, root) {
  const caret = typeof element.selectionStart === 'number' ? [element.selectionStart, element.selectionEnd] : undefined;
  return { way: path(element, root), caret };
}

function focusAgain(piece, held, afterSending) {
  const wrong = afterSending && piece.querySelector('[aria-invalid="true"]');
  let target = wrong || follow(held.way, piece);
  if (!target) {
    target = piece;
    piece.tabIndex = -1;
  }
  target.focus({ preventScroll: !wrong });
  if (held.caret && !wrong && typeof target.selectionStart === 'number') target.setSelectionRange(...held.caret);
}
