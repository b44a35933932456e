// Promise P13: nothing private stays in the browser.

/** What the open page's site keeps in this browser, as sentences. */
export function storageProblems(page, allowedKeys = []) {
  return page.evaluate(async (allowed) => {
    const kept = [];
    for (const [name, store] of [['localStorage', localStorage], ['sessionStorage', sessionStorage]]) {
      kept.push(...Object.keys(store).filter((key) => !allowed.includes(key)).map((key) => `${name} holds ${key}`));
    }
    kept.push(...(await indexedDB.databases()).map(({ name }) => `indexedDB holds ${name}`));
    // Caches and workers exist only where the browser trusts the address.
    if (globalThis.caches) kept.push(...(await caches.keys()).map((name) => `caches hold ${name}`));
    if (document.cookie) kept.push('a script can read a cookie');
    return kept;
  }, allowedKeys);
}
