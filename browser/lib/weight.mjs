// Bytes over the wire, headers included, as the browser itself counts them.

const quiet = 150;
const patience = 10_000;

/** Bytes of a first and a later view of one page, in a room with an empty cache. */
export async function weigh(context, url) {
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send('Network.enable');
  const first = await view(page, wire, url);
  await page.goto('about:blank');
  const later = await view(page, wire, url);
  await page.close();
  return { first, later };
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
