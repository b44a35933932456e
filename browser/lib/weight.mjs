// Bytes over the wire, headers included, as the browser itself counts them.

const quiet = 150;
const patience = 10_000;

/** Scales for a page: each `view(url)` loads it and gives the bytes that this took. */
export async function scales(page) {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  return { view: (url) => view(page, wire, url) };
}

async function view(page, wire, url) {
  const open = new Map();
  const bytes = new Map();
  const began = ({ requestId, type, redirectResponse }) => {
    if (redirectResponse) bytes.set(`${requestId} redirect`, redirectResponse.encodedDataLength);
    // A live stream stays open for as long as the page does: not part of a view.
    if (type !== 'EventSource') open.set(requestId, true);
  };
  const ended = ({ requestId, encodedDataLength = 0 }) => {
    if (open.delete(requestId)) bytes.set(requestId, encodedDataLength);
  };
  wire.on('Network.requestWillBeSent', began);
  wire.on('Network.loadingFinished', ended);
  wire.on('Network.loadingFailed', ended);
  await page.goto(url, { waitUntil: 'load' });
  for (let waited = 0, still = 0; still < quiet && waited < patience; waited += 50) {
    await page.waitForTimeout(50);
    still = open.size === 0 ? still + 50 : 0;
  }
  wire.off('Network.requestWillBeSent', began);
  wire.off('Network.loadingFinished', ended);
  wire.off('Network.loadingFailed', ended);
  return [...bytes.values()].reduce((sum, size) => sum + size, 0);
}
