// Whatever a page complains about while somebody uses it.

/** Listens to a page from now on; `problems()` tells what was heard. */
export async function listen(page) {
  const heard = [];
  const ownError = (text, url) => /status of [45]\d\d/.test(text) && url === page.url();
  page.on('console', (message) => {
    // The browser also says so when the page itself is an error page: no fault.
    if (message.type() !== 'error' || ownError(message.text(), message.location().url)) return;
    heard.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`script: ${error.message}`));
  page.on('response', (answer) => {
    if (answer.status() >= 400 && !answer.request().isNavigationRequest()) {
      heard.push(`part missing: ${answer.status()} ${new URL(answer.url()).pathname}`);
    }
  });
  page.on('request', (request) => {
    const ours = new URL(request.url());
    const home = new URL(page.url() === 'about:blank' ? request.url() : page.url());
    if (ours.protocol.startsWith('http') && !request.isNavigationRequest() && ours.origin !== home.origin) {
      heard.push(`asked another site: ${ours.origin}`);
    }
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`content security policy: ${event.violatedDirective} blocks ${event.blockedURI}`);
    });
  });
  return { problems: () => [...new Set(heard)] };
}
