// People with browsers, as far as cookies and forms go.

/** A browser that speaks to whatever answers at `site.address` in the name of `site.url`. */
export class Browser {
  static #count = 0;

  constructor(site) {
    this.site = site;
    this.cookies = new Map();
    this.from = `198.51.100.${Browser.#count += 1}`;
  }

  async #ask(path, options = {}) {
    const answer = await fetch(this.site.address + path.replace(this.site.url, ''), {
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
      ...options,
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-forwarded-for': this.from,
        'sec-fetch-site': 'same-origin',
      },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const to = answer.headers.get('location');
    if (to !== null) return this.#ask(to);
    return { status: answer.status, html: await answer.text(), path: path.split('?')[0] };
  }

  /** Opens an address; gives { status, html, path } of the page that is shown in the end. */
  open(address) {
    return this.#ask(address);
  }

  /** Fills the form of a page that goes to `action`, and sends it. */
  send(page, action, fields = {}) {
    const form = forms(page.html).find((form) => form.action === action);
    if (form === undefined) throw new Error(`no form for ${action} on ${page.path} (${page.status})`);
    const kept = form.hidden.filter(([name]) => !(name in fields));
    const body = new URLSearchParams([...kept, ...Object.entries(fields)]);
    return this.#ask(action, { method: 'POST', body });
  }

  /** Opens a page, fills its form, and expects that it is taken. */
  async do(address, action, fields) {
    return taken(await this.send(await this.open(address), action, fields), action);
  }
}

function taken(page, action) {
  if (page.status !== 200) throw new Error(`${action} was answered with ${page.status}:\n${page.html}`);
  return page;
}

/** Somebody who joins by the pages. */
export class Person extends Browser {
  async join(word) {
    const page = await this.open('/join');
    this.passphrase = forms(page.html).find((form) => form.action === '/join').hidden
      .find(([name]) => name === 'passphrase')[1];
    const sheet = taken(await this.send(page, '/join', { 'own-word': word, sheet: '1', device: '1' }), '/join');
    this.name = /id="sheet-name"><bdi[^>]*>([^<]+)/.exec(sheet.html)[1];
  }

  /** Signs in with a browser that was never here. */
  async signInAt(site) {
    const fresh = new Person(site);
    Object.assign(fresh, { name: this.name, passphrase: this.passphrase });
    const page = await fresh.send(await fresh.open('/sign-in'), '/sign-in',
      { name: this.name, passphrase: this.passphrase });
    return { browser: fresh, status: page.status };
  }

  /** Keeps a page of their notebook. */
  keep(words) {
    return this.do('/notebook/new?kind=page', '/notebook', { words });
  }

  /** Begins a group with the link that the host was given, and calls themselves `name` there. */
  async begin(startLink, name) {
    await this.open(startLink);
    for (const [question, fields] of Object.entries({
      purpose: { who: 'people who cannot sleep', 'what-for': 'quiet company' },
      'not-for': { 'not-for': 'advice about medicines' },
      aim: { aim: 'live' },
      names: { inside: 'The night watch', outside: 'Tuesdays' },
      rhythm: { rhythm: 'weekly', weekday: '2', time: '18:30', zone: 'Europe/London', minutes: '75' },
      place: { way: 'room', place: 'The library' },
      size: { most: '8', newcomers: 'open' },
      ending: { end: 'review', date: '2035-01-01', adults: '1' },
      agreement: { clause: 'one-voice', earlier: 'never' },
      safety: { country: 'GB', lines: 'Night line: 0161 496 0000', confirmed: '1' },
      you: { name, role: 'member' },
    })) {
      await this.do(`/start/${question}`, `/start/${question}`, { ...fields, do: 'on' });
    }
    return (await this.do('/start/card', '/start/card')).path;
  }

  /** Makes a link into the group. */
  async link(group) {
    const { html } = await this.do(`${group}/invite`, `${group}/invite`, { days: '7', count: '1' });
    return /class="secret"[^>]* id="link-1">([^<]+)/.exec(html)[1];
  }

  /** Comes in by a link, and is let in by a member. */
  async comeIn(group, name, member) {
    await this.open(await member.link(group));
    const asked = await this.open('/joining/answers');
    const lines = [...asked.html.matchAll(/name="(c-[\w-]+)" value="accept"/g)];
    const yes = Object.fromEntries(lines.map(([, line]) => [line, 'accept']));
    taken(await this.send(asked, '/joining/answers', { name, ...yes }), '/joining/answers');
    const door = await member.open(`${group}/door`);
    const letIn = forms(door.html).find((form) => form.action.endsWith('/let-in')).action;
    return taken(await member.send(door, letIn), letIn);
  }

  /** Shares words with all members. */
  async share(group, words) {
    const look = await this.do(`${group}/share/new`, `${group}/share/look`,
      { words, wants: 'listening', audience: 'group' });
    return taken(await this.send(look, `${group}/share`), `${group}/share`);
  }
}

/** The forms of a page, each with its hidden fields, of which several may have one name. */
function forms(html) {
  return [...html.matchAll(/<form\b([^>]*)>([^]*?)<\/form>/g)].map(([, form, inside]) => ({
    action: attribute(form, 'action'),
    hidden: [...inside.matchAll(/<input\b([^>]*)>/g)]
      .filter(([, input]) => attribute(input, 'type') === 'hidden')
      .map(([, input]) => [attribute(input, 'name'), attribute(input, 'value')]),
  }));
}

function attribute(tag, name) {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
