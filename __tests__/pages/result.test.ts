import type { Payment } from '../../lib/core/payment';
import { resultPage, type Page, type ResultView } from '../../lib/pages';
import { FAILURES } from './failures';
import { everyStatus, failed, inReview, LOCALES, paid, shop, undecided, viewOf } from './payments';
import { expectOnlyHashedCode, policyOf, QUIET_HEADERS } from './policy';
import { texts } from '../../lib/texts';

const refreshOf = (html: string): string | undefined =>
  /<meta http-equiv="refresh" content="([^"]*)"/.exec(html)?.[1];

/** After how many seconds the page's script looks for news. */
const secondsOf = (html: string): string | undefined => /<main [^>]*data-seconds="([^"]*)"/.exec(html)?.[1];

/** The links of a page that look like buttons. */
const linksOf = (html: string): string[] =>
  [...html.matchAll(/<a class="button \w+" href="([^"]*)">([^<]*)/g)].map(
    ([, url, label]) => `${url}: ${label}`,
  );

describe.each(LOCALES)('the result page (%s)', (locale) => {
  const said = texts(locale);

  const page = (payment: Payment, more: Partial<ResultView> = {}): Page =>
    resultPage(viewOf(payment, locale, more));

  it('names the outcome in its title and its one heading', () => {
    for (const payment of everyStatus(locale)) {
      const { title } = said.outcome[payment.status];
      const { html } = page(payment);
      expect(html).toContain(`<title>${title}</title>`);
      expect(html.match(/<h1>[^<]*<\/h1>/g)).toEqual([`<h1>${title}</h1>`]);
    }
  });

  it('names the shop and leads back to it, with its logo and its telephone number', () => {
    for (const payment of everyStatus(locale)) {
      const { html } = page(payment);
      expect(html).toMatch(/<header>\s*<a href="\/shop">[^]*<bdi>Shoes &amp; Sons<\/bdi>/);
      expect(html).toContain('<img src="https://cdn.example/logo.png?a=1" alt=""');
      expect(linksOf(html).at(-1)).toBe(`/shop: ${said.action.back}`);
      expect(html.match(/href="tel:\+982188776655"/g)).toHaveLength(1);
    }
  });

  it('runs the router’s script and style only, sends no form and no referrer', () => {
    for (const payment of everyStatus(locale)) {
      const shown = page(payment, { retryUrl: '/cart', refreshSeconds: 3 });
      expectOnlyHashedCode(shown);
      const policy = policyOf(shown);
      expect(policy.get('default-src')).toBe("'none'");
      expect(policy.get('form-action')).toBe("'none'");
      expect(policy.get('base-uri')).toBe("'none'");
      expect(policy.get('frame-ancestors')).toBe("'none'");
      expect(policy.get('connect-src')).toBe(shown.html.includes('data-seconds') ? "'self'" : undefined);
      expect(shown.headers).toMatchObject({ ...QUIET_HEADERS, 'Referrer-Policy': 'no-referrer' });
    }
  });

  it.each([
    ['https://cdn.example/logo.png?a=1', 'https://cdn.example'],
    ['/logo.png', "'self'"],
    [undefined, undefined],
  ])('loads nothing but the logo, from its origin: %s', (logo, source) => {
    const shown = page(paid, { shop: { ...shop, logo } });
    expect(policyOf(shown).get('img-src')).toBe(source);
    expect(shown.html.includes('<img')).toBe(source !== undefined);
  });

  it('is a page without a name, too', () => {
    const shown = page(paid, { shop: { url: '/' } });
    expect(shown.html).not.toMatch(/<header|<img|tel:/);
    expect(linksOf(shown.html)).toEqual([`/: ${said.action.back}`]);
  });

  it('looks for news while the payment is undecided, and only then; no page reloads itself without a script', () => {
    for (const payment of everyStatus(locale)) {
      const { html } = page(payment, { refreshSeconds: 4 });
      const decided = ['paid', 'failed', 'review'].includes(payment.status);
      expect(secondsOf(html)).toBe(decided ? undefined : '4');
      expect(html.includes(`data-status="${payment.status}"`)).toBe(!decided);
      expect(html.includes(said.reloads)).toBe(!decided);
      expect(refreshOf(html)).toBeUndefined();
    }
  });

  it('does not look unasked, and never in a tight loop', () => {
    const payment = undecided('verifying');
    expect(secondsOf(page(payment).html)).toBeUndefined();
    expect(policyOf(page(payment)).has('script-src')).toBe(false);
    expect(secondsOf(page(payment, { refreshSeconds: 0 }).html)).toBe('1');
  });

  it('leads to the bank while the payment can be made, and can be reloaded by hand', () => {
    const links = (payUrl?: string): string[] => linksOf(page(undecided('pending'), { payUrl }).html);
    const rest = [`: ${said.action.reload}`, `/shop: ${said.action.back}`];
    expect(links('?pay')).toEqual([`?pay: ${said.action.toBank}`, ...rest]);
    expect(links()).toEqual(rest);
  });

  it('says until when a payment can be made or is asked about', () => {
    const until = Date.UTC(2025, 10, 24, 16, 30);
    for (const payment of everyStatus(locale)) {
      const told = page(payment, { until }).html.includes('datetime="2025-11-24T16:30:00.000Z"');
      expect([payment.status, told]).toEqual([
        payment.status,
        ['pending', 'received', 'verifying', 'review'].includes(payment.status),
      ]);
    }
  });

  it('explains a failed payment and the fate of the money', () => {
    for (const reason of FAILURES) {
      const { html } = page(failed(reason, locale));
      expect(html).toContain(said.failure[reason]);
      expect([reason, html]).toEqual([
        reason,
        expect.stringMatching(locale === 'fa' ? /کسر/ : /deducted|charged/),
      ]);
    }
  });

  it('speaks of the money once', () => {
    const { html } = page(failed('OrderAlreadyPaid', locale));
    expect(html).not.toContain(said.moneyBack);
    expect(page(failed('Failed', locale)).html).toContain(said.moneyBack);
  });

  it('promises no automatic return of money that a person has decided on', () => {
    const { html } = page(failed('ResolvedByHand', locale));
    expect(html).not.toMatch(/به‌طور خودکار|automatically/);
  });

  it('leads to another try where that can help, and back', () => {
    const links = (reason: 'Failed' | 'OrderAlreadyPaid', retryUrl?: string): string[] =>
      linksOf(page(failed(reason, locale), { retryUrl }).html);
    const back = `/shop: ${said.action.back}`;
    expect(links('Failed', '/cart')).toEqual([`/cart: ${said.action.retry}`, back]);
    expect(links('OrderAlreadyPaid', '/cart')).toEqual([back]);
    expect(links('Failed')).toEqual([back]);
    expect(links('Failed', 'myshop://cart')).toEqual([`myshop://cart: ${said.action.retry}`, back]);
    expect(links('Failed', 'javascript:alert(1)')).toEqual([back]);
  });

  it('shows a buyer whose payment is in review the number to give to the shop, and where to call', () => {
    const payment = inReview(locale);
    const { html } = page(payment);
    expect(html).toContain(payment.failure.message);
    const quote = html.slice(html.indexOf('class="quote"'), html.indexOf('class="facts"'));
    expect(quote).toContain(said.quote);
    expect(quote.replace(/<[^>]*>/g, '')).toContain(payment.invoiceNumber);
    expect(quote).toContain('href="tel:+982188776655"');
    expect(html.replace(/<[^>]*>/g, '').split(payment.invoiceNumber)).toHaveLength(2);
  });

  it('shows an answer that led to nothing as not confirmed', () => {
    const { html } = page(undecided('pending'), {
      unconfirmed: true,
      retryUrl: '/cart',
      payUrl: '?pay',
    });
    expect(html).toContain(`<h1>${said.unconfirmed.title}</h1>`);
    expect(html).toContain(said.moneyBack);
    expect(linksOf(html)).toEqual([
      `/cart: ${said.action.retry}`,
      `?pay: ${said.action.toBank}`,
      `/shop: ${said.action.back}`,
    ]);
    expect(secondsOf(html)).toBeUndefined();
  });

  it('believes the stored status rather than an answer that led to nothing', () => {
    for (const payment of everyStatus(locale)) {
      if (payment.status === 'created' || payment.status === 'pending') continue;
      expect(page(payment, { unconfirmed: true })).toEqual(page(payment));
    }
  });

  it('escapes every field', () => {
    const attack = '"><script>alert(1)</script>\'&';
    const receipt = {
      referenceNumber: attack,
      traceNumber: attack,
      rrn: attack,
      maskedPan: attack,
      terminalId: attack,
    };
    for (const payment of everyStatus(locale)) {
      const hostile = { ...payment, invoiceNumber: attack, orderId: attack, description: attack };
      if ('failure' in hostile) hostile.failure = { reason: 'Failed', message: attack };
      if ('referenceNumber' in hostile) Object.assign(hostile, receipt);
      const named = { url: `/${attack}`, name: attack, logo: `/${attack}`, phone: attack };
      const { html } = page(hostile, { retryUrl: `/${attack}`, payUrl: `?${attack}`, shop: named });
      expect(html).not.toContain('<script>alert');
      expect(html).not.toContain('"><script>');
      expect(html).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;');
    }
  });

  it('is in its language', () => {
    const { html } = page(paid);
    expect(html).toContain(locale === 'fa' ? '<html lang="fa" dir="rtl">' : '<html lang="en" dir="ltr">');
  });
});

describe.each(LOCALES)('the page that moves on to the shop (%s)', (locale) => {
  const said = texts(locale);
  const page = (payment: Payment, more: Partial<ResultView> = {}): Page =>
    resultPage(viewOf(payment, locale, more));

  it('moves on at once, says the outcome and has a link', () => {
    for (const payment of everyStatus(locale)) {
      const shown = page(payment, { continueUrl: '/orders/42' });
      expect(refreshOf(shown.html)).toBe('0;url=/orders/42');
      expect(shown.html).toContain(`<h1>${said.outcome[payment.status].title}</h1>`);
      expect(linksOf(shown.html)).toEqual([`/orders/42: ${said.action.continue}`]);
      expect(shown.html).toContain(said.movesOn);
      expect(shown.html).not.toContain('<dl');
      expectOnlyHashedCode(shown);
      expect(shown.headers['Referrer-Policy']).toBe('no-referrer');
    }
  });

  it('waits where it is on request, and still has the link', () => {
    const { html } = page(undecided('verifying'), { continueUrl: '/orders/42', refreshSeconds: 2 });
    expect(refreshOf(html)).toBeUndefined();
    expect(secondsOf(html)).toBe('2');
    expect(html).toContain('href="/orders/42"');
    expect(html).toContain(said.outcome.verifying.body);
    expect(html).not.toContain(said.movesOn);
  });

  it('moves on to an app', () => {
    const { html } = page(paid, { continueUrl: 'myshop://orders/42' });
    expect(refreshOf(html)).toBe('0;url=myshop://orders/42');
    expect(linksOf(html)).toEqual([`myshop://orders/42: ${said.action.continue}`]);
  });

  it('goes to the whole address, with any characters', () => {
    const continueUrl = `https://shop.example/o/4 2;x=1?a="b"&c='d'#<e>`;
    const { html } = page(paid, { continueUrl });
    const escaped = 'https://shop.example/o/4 2;x=1?a=&quot;b&quot;&amp;c=&#39;d&#39;#&lt;e&gt;';
    expect(refreshOf(html)).toBe(`0;url=${escaped}`);
    expect(html).toContain(`href="${escaped}"`);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', ''])(
    'is the full result instead when the address is not safe: %j',
    (continueUrl) => {
      const shown = page(paid, { continueUrl });
      expect(shown).toEqual(page(paid));
      expect(refreshOf(shown.html)).toBeUndefined();
    },
  );
});
