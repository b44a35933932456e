import { refresh } from './piece.js';
import { say } from './say.js';

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

export function start() {
  const url = document.querySelector('[data-live]').dataset.live;
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
      if (lost && !lost.hidden) {
        lost.hidden = true;
        say(lost.dataset.back);
      }
      if (missed) document.querySelectorAll('[data-version][id]').forEach((piece) => fetchPiece(piece.id));
      missed = false;
    };
    source.onmessage = (event) => arrived(JSON.parse(event.data));
    source.onerror = () => {
      close();
      failures += 1;
      // One dropped connection is nothing: a phone changes masts. The second is worth a line.
      if (lost?.hidden && failures > 1) {
        lost.hidden = false;
        say(lost.textContent.trim());
      }
      timer = setTimeout(open, Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1)) * (0.75 + Math.random() / 2));
    };
  }

  function close() {
    source?.close();
    source = undefined;
    missed = true;
    clearTimeout(timer);
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
      await refresh(id);
    } catch {
      missed = true;
    }
    running.delete(id);
    const shown = Number(document.getElementById(id)?.dataset.version ?? Infinity);
    if (newest.get(id) !== wanted && newest.get(id) > shown) fetchPiece(id);
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  addEventListener('online', open);
  addEventListener('pagehide', close);
  addEventListener('pageshow', open);
  open();
}
