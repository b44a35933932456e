// Not every browser can, and a low battery may say no: the page works the same without.
export function start() {
  if (!navigator.wakeLock) return;
  let lock;
  const hold = async () => {
    if (document.hidden || !document.querySelector('[data-awake]')) return;
    try {
      lock = await navigator.wakeLock.request('screen');
    } catch {
      lock = undefined;
    }
  };
  const release = () => {
    if (!document.querySelector('[data-awake]')) lock?.release();
  };
  document.addEventListener('visibilitychange', hold);
  document.addEventListener('piece', release);
  hold();
}
