const SAY_HERE = 10000;

/** While the group sits together each of its pages says that somebody is there: an open line alone
 * stays open when a phone is out of reach, and whoever leads may be writing. */
export function start() {
  const { here } = document.querySelector('[data-here]').dataset;
  const say = () => { if (!document.hidden) fetch(here).catch(() => undefined); };
  document.addEventListener('visibilitychange', say);
  say();
  setInterval(say, SAY_HERE);
}
