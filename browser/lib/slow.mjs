// Promise P24: a phone in the country, on 2G (EDGE).

/** Kilobits a second down and up, and milliseconds until the first byte of an answer starts. */
const line = { down: 250, up: 50, latency: 300 };
const bytes = (kilobits) => (kilobits * 1000) / 8;

/** Puts a page on that line, from now on. */
export async function slowDown(page) {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.emulateNetworkConditions', {
    offline: false, latency: line.latency, downloadThroughput: bytes(line.down), uploadThroughput: bytes(line.up),
  });
}

/**
 * How long somebody waits on it for words to read. The heaviest first view that we allow (60 KB)
 * takes 1.9 s of this line, and a way there and back 0.3 s for the page, for its style and for what
 * stands in the queue before them; 20 KB, later, take 0.6 s. The rest is for a machine that is busy.
 * After ten seconds people think that nothing comes any more.
 */
export const seconds = { first: 4, later: 2 };
