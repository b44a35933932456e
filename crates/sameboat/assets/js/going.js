// How long somebody on a slow line waits before they believe that nothing comes any more.
const PATIENCE = 10000;
let went = -Infinity;

addEventListener('click', ({ target }) => { if (target.closest?.('a[href]')) went = performance.now(); });
addEventListener('submit', (event) => { if (!event.defaultPrevented) went = performance.now(); });

/** Does what leads to another page; but whoever is on the way to one already gets there first. */
export function unlessGoing(turn) {
  const left = went + PATIENCE - performance.now();
  if (left > 0) setTimeout(unlessGoing, left, turn);
  else turn();
}
