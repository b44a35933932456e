// The headers of promise P6, and what a cookie must look like.

/** The policy header as a map: directive → its sources. */
function policyOf(headers) {
  return new Map((headers.get('content-security-policy') ?? '').split(';')
    .map((part) => part.trim().split(/\s+/)).filter(([name]) => name)
    .map(([name, ...sources]) => [name, sources.join(' ')]));
}

/** What is wrong with an answer's headers. `isPrivate`: signed in, or an error. */
export function headerProblems({ headers, isHtml }, { isPrivate }) {
  const problems = [];
  const must = (holds, sentence) => { if (!holds) problems.push(sentence); };
  const policy = policyOf(headers);

  must(policy.size > 0, 'no content-security-policy');
  must(!/unsafe-|\*|data:|https?:/.test([policy.get('script-src'), policy.get('style-src'), policy.get('default-src')].join(' ')),
    'the policy lets scripts or styles in from anywhere');
  must(["'none'", "'self'"].includes(policy.get('default-src')), `default-src is ${policy.get('default-src')}`);
  must(policy.get('frame-ancestors') === "'none'", `frame-ancestors is ${policy.get('frame-ancestors')}`);
  must(["'none'", "'self'"].includes(policy.get('base-uri')), `base-uri is ${policy.get('base-uri')}`);
  must(["'none'", "'self'"].includes(policy.get('form-action')), `form-action is ${policy.get('form-action')}`);
  must((policy.get('object-src') ?? policy.get('default-src')) === "'none'", 'object-src is not none');
  must(headers.get('x-content-type-options') === 'nosniff', 'no nosniff');
  must(headers.get('referrer-policy') === 'no-referrer', `referrer-policy is ${headers.get('referrer-policy')}`);
  must(!headers.has('server') && !headers.has('x-powered-by'), 'it names its server program');
  if (isPrivate) must(/\bno-store\b/.test(headers.get('cache-control') ?? ''), 'no no-store');
  if (isHtml) must(/charset=utf-8/i.test(headers.get('content-type')), 'the page does not say utf-8');
  problems.push(...headers.getSetCookie().flatMap(cookieProblems));
  return problems;
}

/** What is wrong with one Set-Cookie line. */
export function cookieProblems(line) {
  const [pair, ...marks] = line.split(';').map((part) => part.trim());
  const name = pair.split('=')[0];
  const has = (mark) => marks.some((one) => one.toLowerCase() === mark);
  return [
    [name.startsWith('__Host-'), 'is not __Host-'],
    [has('secure'), 'is not Secure'],
    [has('httponly'), 'is not HttpOnly'],
    [has('samesite=lax') || has('samesite=strict'), 'has no SameSite'],
    [has('path=/'), 'has another path than /'],
    [!marks.some((one) => /^domain=/i.test(one)), 'names a domain'],
  ].filter(([holds]) => !holds).map(([, fault]) => `cookie ${name} ${fault}`);
}
