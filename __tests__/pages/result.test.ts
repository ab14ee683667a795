import { resultPage } from '../../lib/pages';
import { FAILURES } from './failures';
import { everyStatus, failed, inReview, LOCALES, paid, undecided } from './payments';
import { expectOnlyHashedCode, policyOf, QUIET_HEADERS } from './policy';
import { texts } from '../../lib/texts';

const refreshOf = (html: string): string | undefined =>
  /<meta http-equiv="refresh" content="([^"]*)">/.exec(html)?.[1];

describe.each(LOCALES)('the result page (%s)', (locale) => {
  const said = texts(locale);

  it('names the outcome in its title and its one heading', () => {
    for (const payment of everyStatus(locale)) {
      const { title } = said.outcome[payment.status];
      const { html } = resultPage({ payment, locale });
      expect(html).toContain(`<title>${title}</title>`);
      expect(html.match(/<h1>[^<]*<\/h1>/g)).toEqual([`<h1>${title}</h1>`]);
    }
  });

  it('runs its own script and style, sends no form and tells no one its address', () => {
    for (const payment of everyStatus(locale)) {
      const page = resultPage({ payment, locale, retryUrl: '/cart' });
      expectOnlyHashedCode(page);
      expect(policyOf(page).get('default-src')).toBe("'none'");
      expect(policyOf(page).get('form-action')).toBe("'none'");
      expect(policyOf(page).get('base-uri')).toBe("'none'");
      expect(policyOf(page).get('frame-ancestors')).toBe("'none'");
      expect(policyOf(page).has('script-src')).toBe(payment.status === 'paid');
      expect(page.headers).toMatchObject({ ...QUIET_HEADERS, 'Referrer-Policy': 'no-referrer' });
    }
  });

  it('reloads itself while the payment is undecided, and only then', () => {
    for (const payment of everyStatus(locale)) {
      const { html } = resultPage({ payment, locale, refreshSeconds: 4 });
      const decided = ['paid', 'failed', 'review'].includes(payment.status);
      expect(refreshOf(html)).toBe(decided ? undefined : '4');
      expect(html.includes(said.reloads)).toBe(!decided);
    }
  });

  it('does not reload unasked, and never in a tight loop', () => {
    const payment = undecided('verifying');
    expect(refreshOf(resultPage({ payment, locale }).html)).toBeUndefined();
    expect(refreshOf(resultPage({ payment, locale, refreshSeconds: 0 }).html)).toBe('1');
    expect(refreshOf(resultPage({ payment, locale, refreshSeconds: 2.5 }).html)).toBe('3');
  });

  it('says what happened to a failed payment and what becomes of the money', () => {
    for (const reason of FAILURES) {
      const { html } = resultPage({ payment: failed(reason, locale), locale });
      expect(html).toContain(said.failure[reason]);
      expect([reason, html]).toEqual([
        reason,
        expect.stringMatching(locale === 'fa' ? /کسر/ : /deducted|charged/),
      ]);
    }
  });

  it('speaks of the money once', () => {
    const { html } = resultPage({ payment: failed('OrderAlreadyPaid', locale), locale });
    expect(html).not.toContain(said.moneyBack);
    expect(resultPage({ payment: failed('Failed', locale), locale }).html).toContain(said.moneyBack);
  });

  it('promises no return by itself of money that a person has decided on', () => {
    const { html } = resultPage({ payment: failed('ResolvedByHand', locale), locale });
    expect(html).not.toMatch(/به‌طور خودکار|automatically/);
  });

  it('leads back, and to another try where that can help', () => {
    const link = (label: string): string => `href="/cart">${label}</a>`;
    const page = (reason: 'Failed' | 'OrderAlreadyPaid'): string =>
      resultPage({ payment: failed(reason, locale), locale, retryUrl: '/cart' }).html;
    expect(page('Failed')).toContain(link(said.action.retry));
    expect(page('OrderAlreadyPaid')).toContain(link(said.action.back));
    expect(resultPage({ payment: failed('Failed', locale), locale }).html).not.toContain('<a ');
  });

  it('tells a buyer whose payment is in review which number to give to the shop', () => {
    const payment = inReview(locale);
    const { html } = resultPage({ payment, locale });
    expect(html).toContain(payment.failure.message);
    expect(html).toContain(`${said.quote}<bdi class="id" dir="ltr">${payment.invoiceNumber}</bdi>`);
    expect(html.split(payment.invoiceNumber)).toHaveLength(2);
  });

  it('shows an answer that led to nothing as not confirmed', () => {
    const page = resultPage({
      payment: undecided('pending'),
      locale,
      unconfirmed: true,
      refreshSeconds: 4,
      retryUrl: '/cart',
    });
    expect(page.html).toContain(`<h1>${said.unconfirmed.title}</h1>`);
    expect(page.html).toContain(said.moneyBack);
    expect(page.html).toContain(`href="/cart">${said.action.retry}</a>`);
    expect(refreshOf(page.html)).toBeUndefined();
  });

  it('believes what is stored rather than an answer that led to nothing', () => {
    for (const payment of everyStatus(locale)) {
      if (payment.status === 'created' || payment.status === 'pending') continue;
      expect(resultPage({ payment, locale, unconfirmed: true })).toEqual(resultPage({ payment, locale }));
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
      const { html } = resultPage({ payment: hostile, locale, retryUrl: `/${attack}` });
      expect(html).not.toContain('<script>alert');
      expect(html).not.toContain('"><script>');
      expect(html).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;');
    }
  });

  it('is in its language', () => {
    const { html } = resultPage({ payment: paid, locale });
    expect(html).toContain(locale === 'fa' ? '<html lang="fa" dir="rtl">' : '<html lang="en" dir="ltr">');
  });
});

describe.each(LOCALES)('the page that moves on to the shop (%s)', (locale) => {
  const said = texts(locale);

  it('moves on at once, says the outcome and has a link', () => {
    for (const payment of everyStatus(locale)) {
      const page = resultPage({ payment, locale, continueUrl: '/orders/42' });
      expect(refreshOf(page.html)).toBe('0;url=/orders/42');
      expect(page.html).toContain(`<h1>${said.outcome[payment.status].title}</h1>`);
      expect(page.html).toContain(`href="/orders/42">${said.action.continue}</a>`);
      expect(page.html).toContain(said.movesOn);
      expect(page.html).not.toContain('<dl>');
      expectOnlyHashedCode(page);
      expect(page.headers['Referrer-Policy']).toBe('no-referrer');
    }
  });

  it('waits where it is when told to, and still has the link', () => {
    const page = resultPage({
      payment: undecided('verifying'),
      locale,
      continueUrl: '/orders/42',
      refreshSeconds: 2,
    });
    expect(refreshOf(page.html)).toBe('2');
    expect(page.html).toContain('href="/orders/42"');
    expect(page.html).toContain(said.outcome.verifying.body);
    expect(page.html).not.toContain(said.movesOn);
  });

  it('goes to the whole address, whatever is in it', () => {
    const continueUrl = `https://shop.example/o/4 2;x=1?a="b"&c='d'#<e>`;
    const { html } = resultPage({ payment: paid, locale, continueUrl });
    const escaped = 'https://shop.example/o/4 2;x=1?a=&quot;b&quot;&amp;c=&#39;d&#39;#&lt;e&gt;';
    expect(refreshOf(html)).toBe(`0;url=${escaped}`);
    expect(html).toContain(`href="${escaped}"`);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', ''])(
    'is the full result instead when the address is not safe: %j',
    (continueUrl) => {
      const page = resultPage({ payment: paid, locale, continueUrl });
      expect(page).toEqual(resultPage({ payment: paid, locale }));
      expect(refreshOf(page.html)).toBeUndefined();
    },
  );
});
