import './going.js';
import { say } from './say.js';

// A page that only waits for a meeting to open needs no more until it does.
const pieces = () => import('./piece.js');

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const LOOK_AGAIN = 20000;

export function start() {
  const { live: url } = document.querySelector('[data-live]').dataset;
  const lost = document.querySelector('[data-lost]');
  const newest = new Map();
  const running = new Set();
  let source;
  let timer;
  let failures = 0;
  let missed = false;

  function open() {
    clearTimeout(timer);
    if (source || document.hidden) return;
    source = new EventSource(url);
    source.onopen = () => {
      failures = 0;
      if (lost?.textContent) {
        lost.textContent = '';
        say(lost.dataset.saidBack);
      }
      if (missed) fetchAll();
      missed = false;
    };
    source.addEventListener('missed', fetchAll);
    // Signed out elsewhere, or no longer in the group: what stands here must not stay.
    source.addEventListener('over', () => location.reload());
    source.onmessage = (event) => arrived(JSON.parse(event.data));
    source.onerror = () => {
      close();
      failures += 1;
      if (failures === 2) mayStay();
      // One dropped connection is nothing: a phone changes masts. The second is worth a line.
      if (lost && !lost.textContent && failures > 1) lost.textContent = lost.dataset.saidLost;
      timer = setTimeout(open, Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1)) * (0.75 + Math.random() / 2));
    };
  }

  function close() {
    source?.close();
    source = undefined;
    missed = true;
    clearTimeout(timer);
  }

  function fetchAll() {
    document.querySelectorAll('[data-version][id]').forEach((piece) => fetchPiece(piece.id));
  }

  /** The line cannot say why it was refused; the page can. */
  async function mayStay() {
    const page = await fetch(location.href, { headers: { 'X-Piece': 'none' }, redirect: 'manual' }).catch(() => undefined);
    if (page?.type === 'opaqueredirect' || page?.status === 404) location.reload();
  }

  /** That nobody leads any more happens by silence: no event tells it. */
  function look() {
    if (source && !document.hidden && document.querySelector('#round[data-stage="open"]')) pieces().then((piece) => piece.lookAgain('round')).catch(() => undefined);
  }

  function arrived({ id, version, piece }) {
    const shown = document.getElementById(piece);
    if (!shown || (shown.dataset.of && shown.dataset.of !== id)) return;
    if (version <= Number(shown.dataset.version ?? -1)) return;
    newest.set(piece, version);
    fetchPiece(piece);
  }

  async function fetchPiece(id) {
    if (running.has(id)) return;
    running.add(id);
    const wanted = newest.get(id);
    try {
      await (await pieces()).refresh(id);
    } catch {
      missed = true;
    }
    running.delete(id);
    const shown = Number(document.getElementById(id)?.dataset.version ?? Infinity);
    if (newest.get(id) !== wanted && newest.get(id) > shown) fetchPiece(id);
  }

  // What was told while something sent from here was under way had to wait.
  document.addEventListener('piece', ({ target: { id, dataset } }) => {
    if (newest.get(id) > Number(dataset.version)) fetchPiece(id);
  });
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  addEventListener('online', open);
  addEventListener('pagehide', close);
  addEventListener('pageshow', open);
  open();
  setInterval(look, LOOK_AGAIN);
}
